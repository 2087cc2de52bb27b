import { formatPercent, ratioOf } from '@dual-random/kernel'
import type { Feasibility } from '../app/feasibility.ts'
import type { FloorFigures } from '../domain/floor.ts'
import type { GapClosing, Raise } from '../domain/gap-closing.ts'

const raiseView = (raise: Raise) =>
  raise.kind === 'COUNT' ? raise : { ...raise, from: formatPercent(raise.from), to: formatPercent(raise.to) }

const closingView = ({ options, together, ...closing }: GapClosing) => ({
  ...closing,
  options: options.map(({ raises, ...option }) => ({ ...option, raises: raises.map(raiseView) })),
  together: together.map(raiseView),
})

/** What the floor counts as percent of the enterprises; a region without any has no coverage. */
function coverageView({ lowest, planned, highest }: FloorFigures, enterprises: number) {
  const share = (objects: number): string => formatPercent(ratioOf(objects, enterprises))
  return enterprises === 0 ? {} : { coverage: { lowest: share(lowest), planned: share(planned), highest: share(highest) } }
}

export const feasibilityView = ({ figures, regionYear, expected, closing }: Feasibility) => ({
  figures,
  regionYear,
  ...(figures.floor === undefined ? {} : coverageView(figures.floor, figures.enterprises)),
  expected,
  closing: { ofPlan: closingView(closing.ofPlan), ofRegion: closingView(closing.ofRegion) },
})
