/* Pools effects y with sampling variances v by weights 1/(v + τ²): estimators of τ², intervals and
   predictions by the codes of the vocabulary, as liftproof.statistics defines them. Held to these
   within 1e-8, relative, by tests/browser. Trials come in the order of their variances. */

const sum = (values) => values.reduce((total, each) => total + each, 0);
const dot = (a, b) => a.reduce((total, each, i) => total + each * b[i], 0);

/* For each the sum of all others; that of the first, the largest, is summed anew. */
function othersOf(values) {
  const rest = sum(values.slice(1));
  return values.map((each, i) => (i === 0 ? rest : values[0] + rest - each));
}

/* Weights, their sum, the mean, the residuals and the generalised Q at a τ². */
function weighted({ y, v }, tau2) {
  const w = v.map((each) => 1 / (each + tau2));
  const total = sum(w);
  const middle = y[0];
  const mean = middle + dot(w, y.map((each) => each - middle)) / total;
  const residuals = y.map((each) => each - mean);
  const q = sum(w.map((each, i) => each * residuals[i] ** 2));
  return { w, total, mean, residuals, q };
}

/* tr P = Σw - Σw²/Σw, where P projects the mean out. */
const traceOf = ({ w, total }) => dot(w, othersOf(w)) / total;

/* tr P², from its diagonal and what stands beside it. */
function traceOfSquare({ w, total }) {
  const rest = othersOf(w);
  const squares = w.map((each) => each ** 2);
  const beside = othersOf(squares);
  return sum(squares.map((each, i) => each * ((rest[i] / total) ** 2 + beside[i] / total ** 2)));
}

/* The τ² at which the generalised Q meets a value: Newton's steps from the left of a curve that
   falls ever more slowly. */
function atQ(trials, value) {
  let tau2 = 0;
  for (let round = 0; round < 1000; round += 1) {
    const { w, residuals, q } = weighted(trials, tau2);
    const slope = sum(w.map((each, i) => (each * residuals[i]) ** 2));
    const step = (q - value) / slope;
    if (!(step > tau2 * 1e-16)) break;
    tau2 += step;
  }
  return tau2;
}

/* Twice the slope of the log-likelihood, and twice the log-likelihood, at τ². */
function scoreAt(trials, tau2, isRestricted) {
  const at = weighted(trials, tau2);
  const spread = sum(at.w.map((each, i) => (each * at.residuals[i]) ** 2));
  return spread - (isRestricted ? traceOf(at) : at.total);
}

function likelihoodAt(trials, tau2, isRestricted) {
  const { w, total, q } = weighted(trials, tau2);
  return sum(w.map(Math.log)) - q - (isRestricted ? Math.log(total) : 0);
}

/* A τ² above which the slope is negative. */
function boundOf({ y, v }, observations) {
  const mean = sum(y) / y.length;
  const spread = sum(y.map((each) => (each - mean) ** 2)) / Math.max(1, observations);
  const root = (spread + Math.sqrt(spread * (spread + 4 * (v.at(-1) - v[0])))) / 2;
  return Math.max(0, root - v[0]);
}

function rootBetween(low, high, slopeAt) {
  let [a, b] = [low, high];
  while (true) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) return middle;
    if (slopeAt(middle) > 0) a = middle;
    else b = middle;
  }
}

const STEPS = 256;

/* The τ² at which a likelihood is largest, among all maxima that a fine grid tells apart. */
function highestMaximum(trials, isRestricted) {
  const { y, v } = trials;
  const bound = boundOf(trials, isRestricted ? y.length - 1 : y.length) * (1 + 1e-9);
  if (y.length === 1 || bound === 0) return 0;
  const slopeAt = (tau2) => scoreAt(trials, tau2, isRestricted);
  const found = [];
  let [before, rises] = [0, slopeAt(0) > 0];
  if (!rises) found.push(0);
  for (let step = 1; step <= STEPS; step += 1) {
    const tau2 = step === STEPS ? bound : v[0] * ((1 + bound / v[0]) ** (step / STEPS) - 1);
    const risesHere = slopeAt(tau2) > 0;
    if (rises && !risesHere) found.push(rootBetween(before, tau2, slopeAt));
    [before, rises] = [tau2, risesHere];
  }
  if (rises) found.push(bound);
  const heights = found.map((tau2) => likelihoodAt(trials, tau2, isRestricted));
  return found[heights.indexOf(Math.max(...heights))];
}

const degrees = ({ y }) => y.length - 1;
const floored = (above, below) => (above > 0 && below > 0 ? above / below : 0);

function huntedBySchmidt(trials, factor) {
  const { q, total } = weighted(trials, 0);
  return floored(q * factor - trials.y.length, total);
}

function sidikJonkman(trials) {
  const { y } = trials;
  const mean = sum(y) / y.length;
  const start = sum(y.map((each) => (each - mean) ** 2)) / y.length;
  return start > 0 ? floored(start * weighted(trials, start).q, degrees(trials)) : 0;
}

function hedges({ y, v }) {
  const mean = sum(y) / y.length;
  const spread = sum(y.map((each) => (each - mean) ** 2));
  return floored(spread - (sum(v) * (y.length - 1)) / y.length, y.length - 1);
}

function dersimonianLaird(trials) {
  const at = weighted(trials, 0);
  return floored(at.q - degrees(trials), traceOf(at));
}

const pauleMandel = (trials) => atQ(trials, degrees(trials));

const TAU2 = {
  FE: () => 0,
  DL: dersimonianLaird,
  HE: hedges,
  HS: (trials) => huntedBySchmidt(trials, 1),
  HSk: (trials) => huntedBySchmidt(trials, trials.y.length / degrees(trials)),
  SJ: sidikJonkman,
  ML: (trials) => highestMaximum(trials, false),
  REML: (trials) => highestMaximum(trials, true),
  EB: pauleMandel,
  PM: pauleMandel,
  PMM: (trials) => atQ(trials, chiSquaredMedian(degrees(trials))),
  DLIT: pauleMandel,
  SJIT: pauleMandel,
};

/* Each gives the factor on the variance of the mean and the degrees of freedom of t. */
const INTERVALS = {
  wald: () => [1, Infinity],
  t: ({ k }) => [1, k - 1],
  hksj: ({ scale, k }) => [scale, k - 1],
  hksj_adhoc: ({ scale, k }) => [Math.max(1, scale), k - 1],
  hksj_hybrid({ scale, k, level }) {
    const isWider = criticalValue(level, k - 1) * Math.sqrt(scale) > criticalValue(level);
    return isWider ? [scale, k - 1] : [1, Infinity];
  },
  hksj_iqwig({ trials, scale, variance, k, level }) {
    const ofWald = criticalValue(level) / Math.sqrt(weighted(trials, dersimonianLaird(trials)).total);
    const isNarrower = criticalValue(level, k - 1) * Math.sqrt(scale * variance) < ofWald;
    return [isNarrower ? 1 : scale, k - 1];
  },
  kr({ at, variance }) {
    const shares = at.w.map((each) => each / at.total);
    const middle = dot(shares, at.w);
    const spread = sum(shares.map((each, i) => each * (at.w[i] - middle) ** 2));
    const information = traceOfSquare(at) / 2;
    const factor = 1 + (2 * spread) / information;
    return [factor, (2 * information) / (factor * variance * dot(at.w, at.w)) ** 2];
  },
};

function lessOne([variance, df]) {
  return [variance, df - 1];
}

function robustVariance({ w, total, residuals }) {
  const rest = othersOf(w);
  return sum(w.map((each, i) => (each * residuals[i]) ** 2 / (rest[i] / total))) / total ** 2;
}

/* Each gives the variance of the mean and the degrees of freedom of t. */
const PREDICTIONS = {
  riley: ({ variance, factor, k }) => [variance * factor, k - 2],
  metafor: ({ variance, factor, df }) => [variance * factor, df],
  t: ({ variance, factor, k }) => [variance * factor, k - 1],
  simple: () => [0, Infinity],
  HTS: ({ variance, k }) => [variance, k - 2],
  V: ({ variance, k }) => [variance, k - 1],
  S: ({ variance }) => [variance, Infinity],
  HK: ({ variance, scale, k }) => [variance * scale, k - 1],
  "HK-PR": (mean) => lessOne(PREDICTIONS.HK(mean)),
  KR(mean) {
    const [factor, df] = INTERVALS.kr(mean);
    return [mean.variance * factor, df];
  },
  "KR-PR": (mean) => lessOne(PREDICTIONS.KR(mean)),
  SJ: ({ at, k }) => [robustVariance(at), k - 2],
};

/* By kind, the methods that this script has. */
const METHODS = { tau2: TAU2, interval: INTERVALS, prediction: PREDICTIONS };

function limitsAbout(centre, se, level, df) {
  if (!(df > 0)) return [NaN, NaN];
  const half = criticalValue(level, df) * se;
  return [centre - half, centre + half];
}

/* Cochran's Q, its p value and I² in percent: from τ², or from Q where there is none by definition. */
function heterogeneity(trials, tau2, isFixed) {
  const at = weighted(trials, 0);
  const df = degrees(trials);
  const fromQ = at.q > df ? (100 * (at.q - df)) / at.q : 0;
  const typical = df ? df / traceOf(at) : trials.v[0];
  return {
    q: at.q,
    qP: df ? chiSquaredTail(at.q, df) : 1,
    i2: isFixed ? fromQ : (100 * tau2) / (tau2 + typical),
  };
}

/* The pool of y and v by methods {tau2, interval, prediction, level}, on the scale of y: numbers that
   do not exist are NaN. Weights in percent, in the order given. null for no trial. */
function pool(y, v, methods) {
  const k = y.length;
  if (!k) return null;
  const order = [...y.keys()].sort((a, b) => v[a] - v[b]);
  const trials = { y: order.map((i) => y[i]), v: order.map((i) => v[i]) };
  const isFixed = methods.tau2 === "FE";
  const tau2 = k === 1 ? 0 : TAU2[methods.tau2](trials);
  const at = weighted(trials, tau2);
  const { level } = methods;
  const mean = { trials, at, k, level, variance: 1 / at.total, scale: at.q / (k - 1) };
  const [factor, df] = k === 1 ? [1, Infinity] : INTERVALS[methods.interval](mean);
  const se = Math.sqrt(mean.variance * factor);
  const [low, high] = limitsAbout(at.mean, se, level, df);
  const predicts = !isFixed && k > 1;
  const [extra, dfAhead] = predicts
    ? PREDICTIONS[methods.prediction]({ ...mean, factor, df }) : [NaN, NaN];
  const [piLow, piHigh] = limitsAbout(at.mean, Math.sqrt(tau2 + extra), level, dfAhead);
  const weights = new Array(k);
  order.forEach((place, i) => { weights[place] = (100 * at.w[i]) / at.total; });
  const p = bothTails(Math.abs(at.mean / se), df);
  return { k, estimate: at.mean, se, low, high, p, tau2, piLow, piHigh, weights,
    ...heterogeneity(trials, tau2, isFixed) };
}
