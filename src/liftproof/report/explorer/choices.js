/* What can be chosen in the explorer, what is, and what follows: from a state to a pooled result. A
   state holds codes and places; that of the analysis as settled has no departures. */

function settledState(analysis) {
  return {
    analysis: analysis.id,
    ...analysis.settled,
    choices: analysis.choices.map(() => 0),
    extractions: analysis.trials.map(() => 0),
    off: new Set(),
  };
}

const analysisOf = (data, state) => data.analyses.find(({ id }) => id === state.analysis);
const fitsTau2 = ([, , tau2], code) => !tau2.length || tau2.includes(code);

const LISTS = { tau2: "estimators", interval: "intervals", prediction: "predictions" };

/* The data with the methods that this script has and the analyses settled by them, and the names of
   the others. */
function offered(data) {
  const kinds = Object.keys(LISTS);
  const has = (kind, code) => Object.hasOwn(METHODS[kind], code);
  const isSettled = ({ settled }) => kinds.every((kind) => has(kind, settled[kind]));
  const lists = kinds.map((kind) => [LISTS[kind], data[LISTS[kind]].filter(([code]) => has(kind, code))]);
  return {
    data: { ...data, ...Object.fromEntries(lists), analyses: data.analyses.filter(isSettled) },
    others: [
      ...kinds.flatMap((kind) => data[LISTS[kind]].filter(([code]) => !has(kind, code)).map(([, name]) => name)),
      ...data.analyses.filter((each) => !isSettled(each)).map(({ title }) => title),
    ],
  };
}

/* The state with an interval and a prediction that its estimator of τ² has. */
function repaired(data, state) {
  const { settled } = analysisOf(data, state);
  const repair = (methods, kind) => {
    const named = (code) => methods.find(([each]) => each === code);
    if (fitsTau2(named(state[kind]), state.tau2)) return state[kind];
    const isSettledFit = fitsTau2(named(settled[kind]), state.tau2);
    return isSettledFit ? settled[kind] : methods.find((each) => fitsTau2(each, state.tau2))[0];
  };
  return {
    ...state,
    interval: repair(data.intervals, "interval"),
    prediction: repair(data.predictions, "prediction"),
  };
}

/* Which of all combinations of the choices that hold for all trials is chosen. */
function conditionOf(analysis, state) {
  return analysis.choices.reduce((place, { options }, i) => place * options.length + state.choices[i], 0);
}

function marksOf(marks, analysis, state) {
  if (typeof marks === "string") return marks;
  const place = analysis.choices.findIndex(({ kind }) => kind === "clustering");
  return marks[place < 0 ? 0 : state.choices[place]];
}

/* The results of all trials under a state: isOn for what is pooled; y and v NaN for no effect. */
function resultsOf(data, analysis, state) {
  const condition = conditionOf(analysis, state);
  return analysis.trials.flatMap((trial, number) => {
    const chosen = state.extractions[number];
    const [, results] = trial.extractions[chosen];
    const from = (condition * trial.extractions.length + chosen) * trial.results;
    const isOn = !state.off.has(trial.study);
    return results.map(([name, marks], i) => {
      const place = trial.picks[from + i];
      const [y, v] = place ? [data.effects[2 * place], data.effects[2 * place + 1]] : [NaN, NaN];
      const label = name ? `${trial.label}, ${name}` : trial.label;
      return { trial, number, label, marks: marksOf(marks, analysis, state), y, v,
        isOn: isOn && place > 0 };
    });
  });
}

const orNull = (value) => (Number.isFinite(value) ? value : null);
const naturalOf = (analysis) => (analysis.isLog ? (x) => orNull(Math.exp(x)) : orNull);

/* The pooled numbers as estimates.csv has them: effects on the natural scale, null for none. */
function naturalNumbers(data, analysis, state, pooled, studies) {
  if (!pooled) return { k: 0, studies: 0 };
  const natural = naturalOf(analysis);
  const [, , , fewest] = data.predictions.find(([code]) => code === state.prediction);
  const limits = [natural(pooled.piLow), natural(pooled.piHigh)];
  const predicts = pooled.k >= fewest && !limits.includes(null);
  return {
    k: pooled.k,
    studies,
    estimate: natural(pooled.estimate),
    ci_low: natural(pooled.low),
    ci_high: natural(pooled.high),
    pi_low: predicts ? limits[0] : null,
    pi_high: predicts ? limits[1] : null,
    p: orNull(pooled.p),
    tau2: orNull(pooled.tau2),
    i2: orNull(pooled.i2),
    q: orNull(pooled.q),
    q_p: orNull(pooled.qP),
  };
}

/* In what a state departs from the analysis as settled, in words. */
function departuresOf(data, analysis, state) {
  const nameOf = (methods, code) => methods.find(([each]) => each === code)[1];
  const methods = [["tau2", "τ² by ", data.estimators], ["interval", "interval: ", data.intervals],
    ["prediction", "prediction: ", data.predictions]];
  const choices = analysis.choices.flatMap(({ kind, options }, i) =>
    (state.choices[i] ? [`${KINDS[kind]}: ${options[state.choices[i]][1]}`] : []));
  const extractions = analysis.trials.flatMap(({ label, extractions: each }, i) =>
    (state.extractions[i] ? [`${label}: ${each[state.extractions[i]][0]}`] : []));
  const off = analysis.trials.filter(({ study }) => state.off.has(study)).map(({ label }) => label);
  return [
    ...(analysis.otherModel ? [`model: inverse variance in place of ${analysis.otherModel}`] : []),
    ...(off.length ? [`without ${off.join(", ")}`] : []),
    ...extractions,
    ...choices,
    ...methods.flatMap(([kind, words, names]) => (state[kind] === analysis.settled[kind] ? []
      : [words + nameOf(names, state[kind])])),
  ];
}

const KINDS = {
  measure: "measure of counts",
  clustering: "clusters",
  zero_cells: "empty cells",
  smd: "formula of the SMD",
  other_measures: "ratios of other kinds",
};

/* Everything that a state shows. */
function explored(data, state) {
  const analysis = analysisOf(data, state);
  const results = resultsOf(data, analysis, state);
  const on = results.filter(({ isOn }) => isOn);
  const { level } = analysis;
  const pooled = pool(on.map(({ y }) => y), on.map(({ v }) => v), { ...state, level });
  on.forEach((result, i) => { result.weight = pooled.weights[i]; });
  const half = criticalValue(level);
  const natural = naturalOf(analysis);
  for (const result of results) {
    const spread = half * Math.sqrt(result.v);
    result.shown = [result.y, result.y - spread, result.y + spread].map(natural);
  }
  const studies = new Set(on.map(({ number }) => number)).size;
  const numbers = naturalNumbers(data, analysis, state, pooled, studies);
  return {
    analysis,
    results,
    numbers,
    marks: ["†", "‡"].filter((sign) => on.some(({ marks }) => marks.includes(sign))).join(""),
    prints: analysis.prints.map((print) => comparedPrint(data, analysis, state, numbers, print)),
    departures: departuresOf(data, analysis, state),
  };
}
