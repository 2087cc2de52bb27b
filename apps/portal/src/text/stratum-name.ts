/** What one language calls the strata that are no grades. */
interface StratumNames {
  readonly all: string
  readonly ungraded: string
  readonly whiteListed: (others: string) => string
}

const whiteList = 'WHITE_LIST_'

/** Strata are named by grades, or stand for none; members of the white list beside them, and of several cities each before its own (docs/draw-protocol.md §23). */
export function stratumNamer(names: StratumNames): (stratum: string) => string {
  const nameOf = (stratum: string): string => {
    const [, city, ofCity] = /^([1-9]\d{5})\/(.+)$/.exec(stratum) ?? []
    if (city !== undefined && ofCity !== undefined) return `${city} ${nameOf(ofCity)}`
    if (stratum.startsWith(whiteList)) return names.whiteListed(nameOf(stratum.slice(whiteList.length)))
    return { ALL: names.all, UNGRADED: names.ungraded }[stratum] ?? stratum
  }
  return nameOf
}
