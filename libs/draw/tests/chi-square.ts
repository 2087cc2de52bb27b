/**
 * Survival function of the chi-square distribution: the chance of a larger statistic with so many degrees of freedom, Q(df/2, x/2), by the
 * power series below the mean and by the continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function chiSquareSurvival(statistic: number, degreesOfFreedom: number): number {
  const [a, x] = [degreesOfFreedom / 2, statistic / 2]
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
}

const precision = 1e-15

function lowerSeries(a: number, x: number): number {
  let [term, sum] = [1 / a, 1 / a]
  for (let k = 1; term > sum * precision; k++) {
    term *= x / (a + k)
    sum += term
  }
  return sum
}

/** By Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Number.MAX_VALUE
  let d = 1 / b
  let value = d
  for (let k = 1; ; k++) {
    const factor = -k * (k - a)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    value *= c * d
    if (Math.abs(c * d - 1) < precision * 10) return value
  }
}

/** ln Γ(a) for half-integers: the recurrence from Γ(1) = 1 or Γ(1/2) = √π, exact but for rounding. */
function logGamma(a: number): number {
  let value = Number.isInteger(a) ? 0 : Math.log(Math.PI) / 2
  for (let k = Number.isInteger(a) ? 1 : 0.5; k < a; k++) value += Math.log(k)
  return value
}
