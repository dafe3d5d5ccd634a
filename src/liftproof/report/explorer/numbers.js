/* Numbers as the page shows them: liftproof.words.numbers in JavaScript. */

const NOT_ESTIMABLE = "not estimable";
const exists = (value) => value !== null && Number.isFinite(value);
const minus = (text) => text.replace(/(^|[^\w.])-(?=\d)/g, "$1\u2212");

/* A fixed number of decimals; a number half way between two goes to the even one, as in Python. */
function decimal(value, digits = 2) {
  if (!exists(value)) return NOT_ESTIMABLE;
  const exact = Math.abs(value).toFixed(60);
  const kept = exact.indexOf(".") + digits + (digits > 0);
  let text = Math.abs(value).toFixed(digits);
  if (/^\.?50*$/.test(exact.slice(kept)) && /[02468]/.test(exact.slice(0, kept).at(-1))) {
    text = exact.slice(0, kept);
  }
  return value < 0 && Number(text) !== 0 ? `-${text}` : text;
}

function effectText(value) {
  const isSmall = exists(value) && Math.abs(value) > 1e-12 && Math.abs(value) < 0.095;
  return decimal(value, isSmall ? 1 - Math.floor(Math.log10(Math.abs(value))) : 2);
}

function spanText(low, high) {
  return exists(low) && exists(high) ? `${effectText(low)} to ${effectText(high)}` : NOT_ESTIMABLE;
}

/* Limits as figures tell them: of ratios, hugely wide ones in words. */
const TELLING_RATIOS = [0.01, 100];

function limitsText(low, high, isRatio) {
  const [least, most] = TELLING_RATIOS;
  if (!isRatio || !exists(low) || !exists(high) || high * least <= low * most) return spanText(low, high);
  const first = low < least ? `below ${least}` : effectText(low);
  return `${first} to ${high > most ? `above ${most}` : effectText(high)}`;
}

const estimateText = (estimate, low, high) =>
  minus(`${effectText(estimate)} (${spanText(low, high)})`);

function pText(p) {
  if (!exists(p)) return `p ${NOT_ESTIMABLE}`;
  return p < 0.001 ? "p < 0.001" : `p = ${decimal(p, 3)}`;
}

const percentText = (value, digits = 0) =>
  exists(value) ? `${decimal(value, digits)}\u202f%` : NOT_ESTIMABLE;
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
