#!/usr/bin/env bash
# @citation-js/plugin-enw 0.3.0 with @citation-js/core 0.7.21 under Node 20, EndNote's .enw files to CSL-JSON, seen 2026-11-30.
#
# A trial with three keywords, each on a line of its own, and an abstract in four lines, as EndNote exports them. Expected: all keywords, the
# whole abstract, and the title of the trial. Seen: two keywords, the abstract's first line, and a second title: a line break is joined
# to its field only once a file (a replacement without the flag g); of every later line the second character is taken
# for the field and the text from the fourth on for its value. "RT reduced injuries" is field T, the title: "reduced injuries"; "ACL tears
# fell" is field C; "(A trial" would be an author. Only the first such break of the whole file is joined: of later
# records nothing is.
# So: RIS in place of .enw, or one line a field.
# Home: https://github.com/citation-js/enw
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/plugin-enw@0.3.0 @citation-js/core@0.7.21 > npm.log
cat > run.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-enw");
const record = (...lines) => ["%0 Journal Article", "%A Example, Jane", "%T Strength training of runners", "%D 2020", ...lines, ""].join("\n");
const file = record(
  "%K running", "injuries", "prevention",
  "%X Two hundred runners took part.", "Methods: a trial.", "RT reduced injuries by 30%.", "ACL tears fell too.");
for (const text of [file, record("%K running; injuries; prevention", "%X Two hundred runners took part.")]) {
  const [trial] = new Cite(text).data;
  console.log(JSON.stringify([trial.title, trial.keyword, trial.abstract]));
}
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = '[["Strength training of runners","reduced injuries by 30%."],"running injuries","Two hundred runners took part."]
["Strength training of runners","running; injuries; prevention","Two hundred runners took part."]' ] || { echo "@citation-js/plugin-enw behaves otherwise than was seen" >&2; exit 1; }
