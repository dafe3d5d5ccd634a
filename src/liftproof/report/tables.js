/* Tables of many rows get a search and a choice of verdicts, but for those in a card; on narrow
   screens each row of three cells or more is a card. */
"use strict";

const MANY = 8;
const PAIR = 2;

/* A table of two columns is narrow enough as it is. */
function labelCells(table) {
  if (table.tHead.rows[0].cells.length <= PAIR) return;
  const heads = [...table.tHead.rows[0].cells].map((each) => each.textContent);
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, place) => {
      cell.dataset.label = heads[place];
      cell.classList.toggle("nothing", cell.textContent === "—");
    });
  }
  table.classList.add("labelled");
}

/* As it is typed: minus signs as hyphens, narrow and unbreakable blanks as blanks. */
function plain(text) {
  return text.toLowerCase().replaceAll("\u2212", "-").replace(/\s+/g, " ");
}

function labelled(words, control) {
  const label = document.createElement("label");
  label.append(words, " ", control);
  return label;
}

function choiceOf(verdicts) {
  const choice = document.createElement("select");
  for (const verdict of ["all", ...verdicts]) choice.add(new Option(verdict));
  return choice;
}

function addFilter(table) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < MANY) return;
  const verdictOf = (row) => row.querySelector(".verdict")?.textContent ?? "";
  const verdicts = [...new Set(rows.map(verdictOf))].filter(Boolean);
  const search = Object.assign(document.createElement("input"), { type: "search" });
  const choice = choiceOf(verdicts);
  const count = Object.assign(document.createElement("output"), { textContent: `${rows.length} rows` });
  const bar = document.createElement("div");
  bar.className = "filter";
  bar.append(labelled("Search", search));
  if (verdicts.length > 1) bar.append(labelled("Verdict", choice));
  bar.append(count);
  bar.addEventListener("input", () => {
    const words = plain(search.value).split(" ");
    for (const row of rows) {
      const text = plain(row.textContent);
      const fits = choice.value === "all" || verdictOf(row) === choice.value;
      row.hidden = !(fits && words.every((word) => text.includes(word)));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  });
  table.closest(".scroll").before(bar);
}

function enhance(part) {
  for (const table of part.querySelectorAll("table:not(.labelled, [data-seen])")) {
    table.dataset.seen = "";
    labelCells(table);
    if (!table.closest(".answer")) addFilter(table);
  }
}

enhance(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const each of addedNodes) if (each.nodeType === Node.ELEMENT_NODE) enhance(each);
  }
}).observe(document.body, { childList: true, subtree: true });
