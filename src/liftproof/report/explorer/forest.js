/* The forest plot of what the explorer shows: an SVG in the size at which it stands, so that no text
   shrinks; on narrow screens names stand above their lines. */

const ROW = 24;
const TALL_ROW = 42;
const NARROW = 600;
const TEXT = 13;
const BELOW_TEXT = 7;
const SIDE_ROW = 17;
const MOST_TICKS = 7;
const SVG = "http://www.w3.org/2000/svg";

function drawn(name, attributes, ...children) {
  const each = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) each.setAttribute(key, value);
  each.append(...children);
  return each;
}

const measuring = document.createElement("canvas").getContext("2d");
const textWidth = (text) => measuring.measureText(text).width;

/* The text, cut where it is longer than the room. */
function fitting(text, room) {
  if (textWidth(text) <= room) return text;
  let kept = text;
  while (kept && textWidth(`${kept}…`) > room) kept = kept.slice(0, -1);
  return `${kept}…`;
}

const middleOf = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/* The range worth showing, on the scale of the axis: all estimates, and limits not too far off. */
function rangeOf(rows, toScale, none) {
  const centres = [...rows.map(({ shown }) => toScale(shown[0])), none];
  const limits = rows.flatMap(({ shown }) => [toScale(shown[1]), toScale(shown[2])]);
  const widths = rows.map(({ shown }) => toScale(shown[2]) - toScale(shown[1]));
  const room = rows.length ? Math.max(0.75 * middleOf(widths), 1e-9) : 1;
  return [
    Math.max(Math.min(...limits, none), Math.min(...centres) - room),
    Math.min(Math.max(...limits, none), Math.max(...centres) + room),
  ];
}

function ratioTicks(low, high) {
  const ticks = [];
  const from = Math.floor(Math.log10(low));
  for (let power = from; 10 ** power <= high; power += 1) {
    for (const digit of [1, 2, 5]) ticks.push(Number(`${digit}e${power}`));
  }
  const inside = ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const tens = inside.filter((tick) => Number.isInteger(Math.log10(tick)));
  const shown = inside.length <= MOST_TICKS || tens.length < 2 ? inside : tens;
  const step = Math.ceil(shown.length / MOST_TICKS);
  const one = Math.max(0, shown.indexOf(1));
  return shown.filter((_, i) => (i - one) % step === 0);
}

function linearTicks(low, high) {
  const raw = (high - low) / (MOST_TICKS - 2);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= raw);
  const first = Math.ceil(low / step);
  const many = Math.floor(high / step) - first + 1;
  return Array.from({ length: many }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/* Where the parts of the plot stand, across. */
function layoutOf(width, rows, isLog) {
  const isNarrow = width < NARROW;
  const numbers = Math.max(...rows.map(({ text }) => textWidth(text)), 60) + 8;
  const names = Math.min(260, Math.max(...rows.map(({ label }) => textWidth(label)), 60) + 10);
  const left = isNarrow ? 8 : names;
  const right = isNarrow ? width - 8 : width - numbers - 4;
  const toScale = isLog ? (x) => Math.log(x) : (x) => x;
  const none = isLog ? 1 : 0;
  const [low, high] = rangeOf(rows.filter(({ shown }) => shown), toScale, toScale(none));
  const pad = (high - low) * 0.03 || 0.5;
  const [start, end] = [low - pad, high + pad];
  const at = (x) => left + ((toScale(x) - start) / (end - start)) * (right - left);
  const ticks = isLog ? ratioTicks(Math.exp(start), Math.exp(end)) : linearTicks(start, end);
  return { width, isNarrow, left, right, at, ticks, none, row: isNarrow ? TALL_ROW : ROW };
}

const clipped = (layout, x) => Math.min(layout.right, Math.max(layout.left, layout.at(x)));

/* A line from limit to limit; an arrowhead where it goes on beyond the axis. */
function intervalLine(layout, [, low, high], y, name) {
  const [from, to] = [clipped(layout, low), clipped(layout, high)];
  const parts = [drawn("line", { class: name, x1: from, x2: to, y1: y, y2: y })];
  if (layout.at(low) < layout.left - 0.5) {
    parts.push(drawn("path", { class: `${name} head`, d: `M${from + 6} ${y - 4}L${from} ${y}L${from + 6} ${y + 4}` }));
  }
  if (layout.at(high) > layout.right + 0.5) {
    parts.push(drawn("path", { class: `${name} head`, d: `M${to - 6} ${y - 4}L${to} ${y}L${to - 6} ${y + 4}` }));
  }
  return parts;
}

function rowTexts(layout, row, top, name) {
  const y = top + (layout.isNarrow ? 15 : layout.row / 2 + 4.5);
  const numbers = drawn("text", { class: name, x: layout.width - 4, y, "text-anchor": "end" }, row.text);
  const room = layout.isNarrow ? layout.width - textWidth(row.text) - 20 : layout.left - 8;
  return [drawn("text", { class: name, x: 4, y }, fitting(row.label, room)), numbers];
}

/* A trial: a square by its weight, hollow where it rests on unverified numbers. */
function trialRow(layout, row, top) {
  const y = top + (layout.isNarrow ? 30 : layout.row / 2);
  const half = Math.max(2, Math.sqrt(row.weight));
  const x = clipped(layout, row.shown[0]);
  const name = row.marks.includes("†") ? "square hollow" : "square";
  return [
    ...intervalLine(layout, row.shown, y, "limits"),
    drawn("rect", { class: name, x: x - half, y: y - half, width: 2 * half, height: 2 * half }),
    ...rowTexts(layout, row, top, "name"),
  ];
}

function pooledRow(layout, row, top) {
  const y = top + (layout.isNarrow ? 30 : layout.row / 2);
  const [centre, low, high] = row.shown.map((x) => clipped(layout, x));
  const points = `${low},${y} ${centre},${y - 7} ${high},${y} ${centre},${y + 7}`;
  return [drawn("polygon", { class: "pooled", points }), ...rowTexts(layout, row, top, "strong")];
}

function predictionRow(layout, row, top) {
  const y = top + (layout.isNarrow ? 30 : layout.row / 2);
  const ends = row.shown.slice(1).map((x) => clipped(layout, x));
  return [
    ...intervalLine(layout, row.shown, y, "ahead"),
    ...ends.map((x) => drawn("line", { class: "ahead", x1: x, x2: x, y1: y - 4, y2: y + 4 })),
    ...rowTexts(layout, row, top, "name"),
  ];
}

/* The line of no effect; where texts stand above their intervals, beside the intervals alone. */
function noneLine(layout, top, many) {
  const x = layout.at(layout.none);
  const line = (y1, y2) => drawn("line", { class: "none", x1: x, x2: x, y1, y2 });
  if (!layout.isNarrow) return [line(4, top)];
  return Array.from({ length: many }, (_, i) => line(4 + i * layout.row + 21, 4 + i * layout.row + 39));
}

/* Whom each side favours; one below the other where a line has no room for both. */
function sidesBelow({ left, right }, y, sides) {
  const texts = [`← favours ${sides[0]}`, `favours ${sides[1]} →`];
  const step = texts.every((text) => textWidth(text) <= (right - left) / 2 - 6) ? 0 : SIDE_ROW;
  return texts.map((text, i) => drawn("text", {
    class: "tick", x: i ? right : left, y: y + i * step, "text-anchor": i ? "end" : "start",
  }, fitting(text, right - left)));
}

function axisBelow(layout, top, sides, many) {
  const ticks = layout.ticks.flatMap((tick) => {
    const x = layout.at(tick);
    const label = minus(String(tick));
    return [
      drawn("line", { class: "axis", x1: x, x2: x, y1: top, y2: top + 5 }),
      drawn("text", { class: "tick", x, y: top + 18, "text-anchor": "middle" }, label),
    ];
  });
  return [
    drawn("line", { class: "axis", x1: layout.left, x2: layout.right, y1: top, y2: top }),
    ...noneLine(layout, top, many),
    ...ticks,
    ...sidesBelow(layout, top + 37, sides),
  ];
}

/* The plot of rows {kind, label, text, shown: [centre, low, high], weight, marks}. */
function forestPlot(rows, { isLog, sides }, width, title) {
  measuring.font = `${TEXT}px ${getComputedStyle(document.body).fontFamily}`;
  const layout = layoutOf(width, rows, isLog);
  const draw = { trial: trialRow, pooled: pooledRow, prediction: predictionRow };
  const top = rows.length * layout.row + 8;
  const below = axisBelow(layout, top, sides, rows.length);
  const height = Number(below.at(-1).getAttribute("y")) + BELOW_TEXT;
  return drawn("svg", {
    viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title,
  }, ...below, ...rows.flatMap((row, i) => draw[row.kind](layout, row, 4 + i * layout.row)));
}
