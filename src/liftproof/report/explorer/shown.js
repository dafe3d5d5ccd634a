/* What the explorer says of a state: rows of its plot, sentences, the table of prints. */

const SORTS = {
  "": ["order of the table", () => 0],
  effect: ["effect", (a, b) => a.y - b.y],
  weight: ["weight, largest first", (a, b) => b.weight - a.weight],
  year: ["year", (a, b) => a.trial.year - b.trial.year],
  name: ["name", (a, b) => a.label.localeCompare(b.label, "en")],
};
const MARKED = { "†": "rests on numbers seen in no source", "‡": "rests on numbers reconstructed from printed totals or ratios" };

function made(name, properties = {}, ...children) {
  const each = Object.assign(document.createElement(name), properties);
  each.append(...children);
  return each;
}

function selectOf(options, value, isFit = () => true) {
  const select = made("select");
  for (const [code, name] of options) {
    const option = new Option(name, code, false, code === String(value));
    option.disabled = !isFit(code);
    select.add(option);
  }
  return select;
}

function fieldOf(words, select, change) {
  select.addEventListener("change", () => change(select.value));
  select.id = `explorer-${words.toLowerCase().replaceAll(" ", "-")}`;
  return made("div", {}, made("label", { htmlFor: select.id }, words), select);
}

/* The rows of the plot: the pooled trials as sorted, the pool, and the prediction. */
function plotRows(shown, state) {
  const [, compare] = SORTS[state.sort ?? ""];
  const { numbers, analysis } = shown;
  const trials = shown.results.filter(({ isOn, shown: [y] }) => isOn && y !== null).sort(compare);
  const rows = trials.map((each) => ({
    ...each, kind: "trial", label: each.label + each.marks, text: estimateText(...each.shown),
  }));
  if (!numbers.k || numbers.estimate === null) return rows;
  const limits = [numbers.estimate, numbers.ci_low, numbers.ci_high];
  const known = limits.includes(null) ? limits.fill(numbers.estimate) : limits;
  const text = estimateText(numbers.estimate, numbers.ci_low, numbers.ci_high);
  rows.push({ kind: "pooled", label: `Pooled${shown.marks}`, text, shown: known });
  if (numbers.pi_low !== null) {
    rows.push({ kind: "prediction", label: `${analysis.levelText} prediction`, shown: [numbers.estimate, numbers.pi_low, numbers.pi_high],
      text: minus(limitsText(numbers.pi_low, numbers.pi_high, analysis.isLog)) });
  }
  return rows;
}

function resultSentence({ analysis, numbers, results, marks }) {
  const all = analysis.trials.length;
  if (!numbers.k) return `No trial is left to pool, of ${counted(all, "trial")}.`;
  const most = results.filter(({ isOn }) => isOn).length;
  const many = numbers.studies === most ? "" : ` with ${counted(most, "result")}`;
  const predicted = numbers.pi_low === null ? "no prediction interval"
    : `${analysis.levelText} prediction interval ${minus(limitsText(numbers.pi_low, numbers.pi_high, analysis.isLog))}`;
  return [
    `${numbers.studies} of ${counted(all, "trial")}${many}: ${analysis.measure} `,
    `${estimateText(numbers.estimate, numbers.ci_low, numbers.ci_high)}${marks}, `,
    `${analysis.levelText} limits, ${pText(numbers.p)}; τ² ${effectText(numbers.tau2)}, `,
    `I² ${percentText(numbers.i2)}, ${predicted}.`,
  ].join("");
}

function standingParts({ analysis, departures }) {
  if (analysis.otherModel && departures.length === 1) {
    return [made("strong", { textContent: "As settled but for the model, which this page does not compute:" }),
      ` inverse variance in place of ${analysis.otherModel}.`];
  }
  if (!departures.length) return [made("strong", { textContent: "The analysis as settled." })];
  const list = made("ul", {}, ...departures.map((each) => made("li", { textContent: each })));
  return [made("strong", { textContent: "Not the settled analysis:" }), list];
}

const PRINT_HEADS = ["Result", "Printed", "As chosen", "Verdict"];

function printsTable(data, { prints }) {
  const rows = prints.map(({ print, text, verdict }) => {
    const changed = verdict === print.settled ? "" : ` settled: ${data.verdicts[print.settled]}`;
    const cells = [made("td", { className: "number" }, print.printed),
      made("td", { className: "number" }, text),
      made("td", {}, made("span", {}, made("span", { className: `verdict ${verdict}` }, data.verdicts[verdict]), changed))];
    cells.forEach((cell, i) => { cell.dataset.label = PRINT_HEADS[i + 1]; });
    const name = `${print.name}: ${data.quantities[print.quantity].name}`;
    return made("tr", {}, made("th", { scope: "row" }, name), ...cells);
  });
  const heads = PRINT_HEADS.map((text, i) => made("th", { scope: "col", className: i % 3 ? "number" : "" }, text));
  return made("table", { className: "labelled" },
    made("caption", { textContent: "Printed numbers of this analysis, beside what is chosen." }),
    made("thead", {}, made("tr", {}, ...heads)), made("tbody", {}, ...rows));
}
