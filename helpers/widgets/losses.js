// The numbers of a prediction, and how they are written.

const DELTA = 1e-7; // as in helpers/losses.py

const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);
const clamp = (value) => Math.min(1, Math.max(0, value));

// Two ways to compute one number differ in its 16th digit. To 12 digits they are the same number, and
// so they are written alike even in the middle of two roundings. `exact` of prediction.py does the same.
const sure = (value) => Number(value.toPrecision(12));

/** A number in so many decimals, as Python writes it: of two that are equally near, the even one. */
function number(value, decimals) {
  const text = sure(value).toFixed(decimals); // takes the upper one
  const half = Math.abs(sure(value) * 2 ** (decimals + 1)) % 2 === 1; // multiplied without any rounding
  const even = half && text.at(-1) % 2 ? (sure(value) * (1 - 1e-15)).toFixed(decimals) : text;
  return even.replace(/^-(0\.0*)$/, "$1").replace("-", "−");
}

// A loss may be tiny and not 0: a perfect prediction scores −1e-7 in cross-entropy. Rounding noise is 0.
const tiny = (value) => Math.abs(value) > 1e-12 && Math.abs(value) < 0.00005;

/** A loss in four decimals; one that is tiny but not 0 says so. */
export const exact = (value) =>
  tiny(sure(value)) ? sure(value).toExponential(0).replaceAll("-", "−") : number(value, 4);

/** All numbers of the panel, from the prediction y (numbers 0 to 1) and the true class t. */
export function losses(y, t) {
  const squares = y.map((value, k) => (value - (k === t ? 1 : 0)) ** 2);
  const terms = y.map((value, k) => (k === t ? Math.log(value + DELTA) : 0));
  return {
    squares,
    terms,
    total: sum(y),
    squared_sum: sum(squares),
    mean_squared_error: sum(squares) / 2,
    squared_mean: sum(squares) / y.length,
    cross_entropy_error: -sum(terms),
  };
}

/** y with y_k set to value; where they must sum to 1 the others share the rest as they did before. */
export function moved(y, k, value, normalise) {
  if (!normalise) return y.map((old, j) => (j === k ? value : old));
  const others = sum(y) - y[k];
  return y.map((old, j) => {
    if (j === k) return value;
    return others > 1e-12 ? (old * (1 - value)) / others : (1 - value) / (y.length - 1);
  });
}

