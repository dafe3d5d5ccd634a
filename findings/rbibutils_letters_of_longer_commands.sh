#!/usr/bin/env bash
# rbibutils 2.2.13 (R package of Debian 12), bibConvert() of BibTeX to RIS, seen 2026-11-30.
#
# Titles with "$\leq$ 65 years", "$\omega$-3" and "{\it Lactobacillus}". Expected: signs and italics decoded, or left as LaTeX,
# as \textit{} and $\geq$ are. Seen in silence: "$łeq$ 65 years", "$ømega$-3", "{ıt Lactobacillus}". \l, \o and \i are
# LaTeX's letters ł, ø and ı, and are taken as such though more letters follow, where LaTeX reads the longest name:
# \le, \lt, \lambda, \infty, \in and \otimes go the same way. "at most" is gone from an age limit, and neither a search for
# omega nor one for the bacterium finds the record. Records in and out are counted alike.
# So: search the result for ł, ø and ı before names, or write ≤ and ω as they are.
# Home: https://cran.r-project.org/package=rbibutils
# Needs Debian 12 with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-rbibutils=2.2.13-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
suppressMessages(library(rbibutils, lib.loc = "usr/lib/R/site-library"))
titles <- c("People of $\\leq$ 65 years", "People of $\\geq$ 65 years", "$\\omega$-3 acids", "{\\it Lactobacillus}",
  "\\textit{Lactobacillus}", "{\\o}")
for (title in titles) {
  writeLines(paste0("@article{a, author={Example, Ann}, title={", title, "}, journal={J}, year={2010}}"), "in.bib")
  counts <- bibConvert("in.bib", "out.ris")
  cat(title, "->", sub("^TI  - ", "", grep("^TI", readLines("out.ris", encoding = "UTF-8"), value = TRUE)),
    "in, out:", counts$nref_in, counts$nref_out, "\n")
}
R
seen=$(LC_ALL=C.UTF-8 R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = 'People of $\leq$ 65 years -> People of $łeq$ 65 years in, out: 1 1 
People of $\geq$ 65 years -> People of $\geq$ 65 years in, out: 1 1 
$\omega$-3 acids -> $ømega$-3 acids in, out: 1 1 
{\it Lactobacillus} -> {ıt Lactobacillus} in, out: 1 1 
\textit{Lactobacillus} -> \textit{Lactobacillus} in, out: 1 1 
{\o} -> {ø} in, out: 1 1 ' ] || { echo "rbibutils behaves otherwise than was seen" >&2; exit 1; }
