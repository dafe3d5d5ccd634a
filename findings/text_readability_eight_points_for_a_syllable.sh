#!/usr/bin/env bash
# text-readability 1.1.1 under Node 20, reading ease of a plain-language summary, seen 2026-12-01.
#
# Two texts of 24 words in three sentences that differ in one word, "boys" and "players": 29 and 30 syllables. Expected of Flesch's reading ease,
# 206.835 - 1.015 words per sentence - 84.6 syllables per word: 96.5 and 93.0. Seen: 97.2 and 88.7, "very easy" and "easy" by the table on its
# page. Syllables per word are rounded to one decimal first, and one decimal is 8.46 points: no text can have a score in between, and editing
# changes it by nothing at all or by as much as a class. The grade by Flesch and Kincaid goes from 1.7 to 2.9, due 1.8 and 2.3.
# textMedian() of its eight grades is the fifth of them, not the middle of fourth and fifth: 3.6 for 3.4.
# So: syllableCount(), lexiconCount() and sentenceCount() put into the formula; to compare with a printed score, know what computed it.
# Home: https://github.com/clearnote01/readability
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund text-readability@1.1.1 syllable@5.0.1 > npm.log
cat > run.mjs <<'JS'
import of from "text-readability";
const text = "The trial found that boys who did strength training were hurt less often. We are not certain of this result. Five teams took part.";
for (const said of [text, text.replace("boys", "players")]) {
  const [words, syllables, sentences] = [of.lexiconCount(said), of.syllableCount(said), of.sentenceCount(said)];
  const due = 206.835 - (1.015 * words) / sentences - (84.6 * syllables) / words;
  const grade = (0.39 * words) / sentences + (11.8 * syllables) / words - 15.59;
  console.log(words, syllables, sentences, "seen:", of.fleschReadingEase(said), of.fleschKincaidGrade(said), "due:", due.toFixed(1), grade.toFixed(1));
}
const grades = [of.fleschKincaidGrade(text), of.fleschReadingEaseToGrade(of.fleschReadingEase(text)), of.smogIndex(text),
  of.colemanLiauIndex(text), of.automatedReadabilityIndex(text), of.daleChallToGrade(of.daleChallReadabilityScore(text)),
  of.linsearWriteFormula(text), of.gunningFog(text)].sort((a, b) => a - b);
console.log("median seen:", of.textMedian(text), "due:", (grades[3] + grades[4]) / 2);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "24 29 3 seen: 97.2 1.7 due: 96.5 1.8
24 30 3 seen: 88.74 2.9 due: 93.0 2.3
median seen: 3.6 due: 3.4000000000000004" ] || { echo "text-readability behaves otherwise than was seen" >&2; exit 1; }
