/* Verdicts on printed numbers: liftproof.analysis.reproduction in JavaScript. */

const LOGS = { log_estimate: "estimate", log_ci_low: "ci_low", log_ci_high: "ci_high" };
const CUTS = { reduction: "estimate", reduction_low: "ci_high", reduction_high: "ci_low" };

/* The signed quantile of Wald's p; tests against t have no z. */
function zOf(analysis, state, numbers) {
  if (state.interval !== "wald" || !numbers.p || numbers.estimate === null) return null;
  const size = numbers.p < 1 ? sizeBeyond(numbers.p) : 0;
  return numbers.estimate > (analysis.isLog ? 1 : 0) ? size : -size;
}

/* Our value of a printed quantity, on the scale on which it is printed; null for none. */
function valueOf(quantity, analysis, state, numbers) {
  const ratio = numbers[LOGS[quantity] ?? CUTS[quantity]] ?? null;
  if (quantity in LOGS) return analysis.isLog && ratio !== null ? Math.log(ratio) : null;
  if (quantity in CUTS) return analysis.isLog && ratio !== null ? 100 * (1 - ratio) : null;
  if (quantity === "z") return zOf(analysis, state, numbers);
  if (quantity === "half_width") {
    const exist = exists(numbers.ci_low ?? null) && exists(numbers.ci_high ?? null);
    return analysis.isLog || !exist ? null : (numbers.ci_high - numbers.ci_low) / 2;
  }
  return numbers[quantity] ?? null;
}

/* The side of no effect, and whether the interval leaves no effect out; null for no interval. */
function conclusionOf(analysis, { estimate = null, ci_low: low = null, ci_high: high = null }) {
  const none = analysis.isLog ? 1 : 0;
  const side = estimate === null ? 0 : Math.sign(estimate - none);
  return [side, low === null || high === null ? null : low > none || high < none];
}

function concludesAlike(data, analysis, numbers, print, value) {
  const { is } = data.quantities[print.quantity];
  if (print.quantity === "z") {
    const areFar = [value, print.value].map((each) => Math.abs(each) > data.criticalZ);
    return value * print.value > 0 && areFar[0] === areFar[1];
  }
  if (is === "p") return value < data.significance === print.value < data.significance;
  if (!["effect", "limit"].includes(is) || !print.theirs) return false;
  const ours = conclusionOf(analysis, numbers);
  return ours.every((each, i) => each === print.theirs[i]);
}

function verdictOf(data, analysis, numbers, print, value) {
  if (value === null) return "blocked";
  const off = Math.abs(value - print.value);
  const allowed = data.quantities[print.quantity].is === "limit" ? data.closeLimit : data.close;
  const isReproduced = print.bound
    ? (print.bound === "<" ? value < print.value : value > print.value)
    : off <= data.half * print.unit;
  const isClose = !print.bound && off <= allowed * Math.abs(print.value);
  if (isReproduced || isClose) {
    if (print.fitted) return "fitted";
    return isReproduced ? "reproduced" : "close";
  }
  return concludesAlike(data, analysis, numbers, print, value) ? "same_conclusion" : "different";
}

function valueText(data, print, value) {
  if (value === null) return "—";
  const { is } = data.quantities[print.quantity];
  if (is === "count") return decimal(value, 0);
  const smallest = 10 ** -print.digits;
  if (is === "p" && value < smallest) return `<${decimal(smallest, print.digits)}`;
  return minus(decimal(value, print.digits));
}

/* A printed number beside what a state gives, with its verdict. */
function comparedPrint(data, analysis, state, numbers, print) {
  const value = valueOf(print.quantity, analysis, state, numbers);
  const verdict = verdictOf(data, analysis, numbers, print, value);
  return { print, value, verdict, text: valueText(data, print, value) };
}
