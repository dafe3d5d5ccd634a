/* The normal, t and chi-squared distributions: tails and the quantiles that limits need. Held to
   SciPy within 1e-12, relative, by tests/browser. df: degrees of freedom, Infinity for the normal. */
"use strict";

const ENOUGH = 2 ** -54;
const LEAST = 1e-300;
const MOST_TERMS = 1e6;
const LARGE = 24;
const FAR = 1e200;

/* The continued fraction 1/(b0 + a1/(b1 + a2/(b2 + ...))) by Lentz's method; term(n) gives a, b. */
function continuedFraction(first, term) {
  let c = 1 / LEAST;
  let d = 1 / (Math.abs(first) < LEAST ? LEAST : first);
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const [a, b] = term(n);
    d = b + a * d;
    c = b + a / c;
    d = 1 / (Math.abs(d) < LEAST ? LEAST : d);
    c = Math.abs(c) < LEAST ? LEAST : c;
    value *= c * d;
    if (Math.abs(c * d - 1) <= ENOUGH * 4) break;
  }
  return value;
}

/* Stirling's series from LARGE on, and steps down to a. */
function logGamma(a) {
  let x = a;
  let product = 1;
  for (; x < LARGE; x += 1) product *= x;
  const s = 1 / (x * x);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}

/* Γ(a + 1/2)/Γ(a), without the difference of two large logarithms. */
function gammaRatio(a) {
  let x = a;
  let steps = 1;
  for (; x < LARGE; x += 1) steps *= x / (x + 0.5);
  const u = 1 / x;
  const c = [-1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304, 39325 / 33554432,
    -334477 / 2147483648, -28717403 / 17179869184];
  return steps * Math.sqrt(x) * (1 + u * c.reduceRight((sum, each) => each + u * sum, 0));
}

/* The upper tail of the gamma distribution of shape a. */
function gammaTail(a, x) {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = a + 1; term > sum * ENOUGH; n += 1) {
      term *= x / n;
      sum += term;
    }
    return 1 - front * sum;
  }
  return front * continuedFraction(x + 1 - a, (n) => [n * (a - n), x + 2 * n + 1 - a]);
}

function chiSquaredTail(q, df) {
  return gammaTail(df / 2, q / 2);
}

/* The incomplete beta function of a and b at x, where its continued fraction is quick; logs: ln x
   and ln(1 - x); beta: B(a, b). */
function incompleteBeta(a, b, x, logs, beta) {
  const term = (n) => {
    const m = Math.floor(n / 2);
    const step = n % 2
      ? (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
      : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    return [step, 1];
  };
  return (Math.exp(a * logs[0] + b * logs[1]) / (a * beta)) * continuedFraction(1, term);
}

/* The probability of being farther from 0 than t, on both sides. */
function bothTails(t, df) {
  if (t === 0) return 1;
  if (df === Infinity) return gammaTail(0.5, (t * t) / 2);
  const s = (t * t) / df;
  const a = df / 2;
  const beta = Math.sqrt(Math.PI) / gammaRatio(a);
  const far = 2 * Math.log(t) - Math.log(df);
  if (s > FAR) return incompleteBeta(a, 0.5, 0, [-far, 0], beta);
  const logs = [-Math.log1p(s), far - Math.log1p(s)];
  const x = 1 / (1 + s);
  if (x <= (a + 1) / (a + 2.5)) return incompleteBeta(a, 0.5, x, logs, beta);
  return 1 - incompleteBeta(0.5, a, s / (1 + s), logs.reverse(), beta);
}

/* Twice the density at t. */
function bothDensities(t, df) {
  if (df === Infinity) return Math.sqrt(2 / Math.PI) * Math.exp((-t * t) / 2);
  const s = (t * t) / df;
  const logs = s > FAR ? 2 * Math.log(t) - Math.log(df) : Math.log1p(s);
  const power = (-(df + 1) / 2) * logs;
  return (2 * gammaRatio(df / 2) * Math.exp(power)) / Math.sqrt(Math.PI * df);
}

const MOST_ROUNDS = 2000;
const LONGEST_STEP = 0.5;

/* The x > 0 at which a tail is share: Newton's steps in logarithms of both, where tails bend one
   way, so that steps come from one side after the first; none so long that the tail would be 0. */
function atTail(share, tail, density, start) {
  let x = start;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const beyond = tail(x);
    const full = (Math.log(beyond / share) * beyond) / (x * density(x));
    const step = Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, full));
    x *= Math.exp(step);
    if (x === Infinity || !(Math.abs(step) > 1e-15)) break;
  }
  return x;
}

/* How far from 0 a statistic lies that has this probability beyond it, on both sides. */
function sizeBeyond(share, df = Infinity) {
  return atTail(share, (t) => bothTails(t, df), (t) => bothDensities(t, df), 1);
}

const quantiles = new Map();

/* The quantile that leaves (1 - level)/2 above it. */
function criticalValue(level, df = Infinity) {
  const key = `${level} ${df}`;
  if (!quantiles.has(key)) {
    if (quantiles.size > 1000) quantiles.clear();
    quantiles.set(key, sizeBeyond(1 - level, df));
  }
  return quantiles.get(key);
}

function chiSquaredMedian(df) {
  const a = df / 2;
  const density = (q) => Math.exp((a - 1) * Math.log(q / 2) - q / 2 - logGamma(a)) / 2;
  return atTail(0.5, (q) => chiSquaredTail(q, df), density, df * (1 - 2 / (9 * df)) ** 3);
}
