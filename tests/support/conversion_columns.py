"""Valid columns for the functions that convert printed numbers, by function."""

FIVE = {
    "minimum": [2.0, 9.0, 4.0, 9.0, 3.0],
    "q1": [3.0, 16.0, 8.0, 16.0, 8.0],
    "median": [4.0, 20.0, 10.0, 20.0, 11.0],
    "q3": [5.5, 25.0, 13.0, 25.0, 14.0],
    "maximum": [7.0, 33.0, 17.0, 33.0, 21.0],
    "n": [12, 15, 26, 40, 120],
}
ARMS = {"n_intervention": [12, 20, 35, 8, 15], "n_control": [12, 22, 30, 9, 16]}
RATIOS = {"estimate": [0.8, 0.7, 1.9, 0.33, 0.6]}
SIGNS = {"direction": [1, -1, 1, 1, -1]}
COLUMNS = {
    "t_from_f": {"f": [2.5, 1.2, 0.4, 3.5, 2.0]} | SIGNS,
    "t_from_p": {"p": [0.02, 0.24, 0.69, 0.001, 0.5], "df": [22, 40, 63, 15, 29]} | SIGNS,
    "smd_from_t": {"t": [2.5, -1.2, 0.4, 3.5, 0.0]} | ARMS,
    "smd_from_r": {"r": [0.5, -0.2, 0.4, 0.1, 0.0]} | ARMS,
    "smd_from_chi2": {"chi2": [2.5, 1.2, 0.4, 3.5, 0.0], "n": [24, 42, 65, 17, 31]} | SIGNS,
    "correlation_from_t": {"t": [2.5, -1.2, 0.4, 3.5, 0.0], "n": [24, 42, 65, 17, 31]},
    "correlation_from_chi2": {"chi2": [2.5, 1.2, 0.4, 3.5, 0.0], "n": [24, 42, 65, 17, 31]} | SIGNS,
    "correlation_from_smd": {
        "y": [-0.51, -0.22, 0.05, 0.3, -0.1],
        "v": [0.04, 0.01, 0.09, 0.05, 0.02],
    }
    | ARMS,
    "number_needed_of_smd": {
        "smd": [0.2, 0.5, 0.8, 0.3, 0.1],
        "low": [0.1, 0.3, 0.5, 0.0, -0.2],
        "high": [0.3, 0.7, 1.1, 0.6, 0.4],
        "control_risk": [0.2, 0.1, 0.5, 0.9, 0.4],
    },
    "conv_fivenum": FIVE,
    "conv_fivenum of quartiles": {name: FIVE[name] for name in ("median", "q1", "q3", "n")},
    "conv_2x2": {
        "n": [200, 262, 200, 579, 20],
        "n_intervention": [100, 123, 100, 297, 10],
        "events": [30, 15, 105, 29, 10],
        "odds_ratio": [0.37, 0.39, 1.83, 1.37, 1.0],
    },
    "conv_wald": RATIOS
    | {
        "low": [0.5, 0.6, 1.1, 0.12, 0.4],
        "high": [1.28, 0.82, 3.3, 0.91, 0.9],
        "level": [0.95, 0.9, 0.99, 0.8, 0.95],
    },
    "conv_wald by p": RATIOS | {"p": [0.03, 0.0004, 0.2, 0.81, 0.5]},
    "conv_wald by z": RATIOS | {"z": [1.3, 2.2, 1.9, 0.2, 0.7]},
}
