import { documents, type Store } from '@dual-random/mongo'
import type { ReportedFigure, ReportedFigures } from '../app/ports.ts'

type Stored = ReportedFigure & { readonly id: string }

/** One document per region, year and measure. */
export function reportedFigures(store: Store): ReportedFigures {
  const figures = documents<Stored>(store, { collection: 'reported_figures', indexes: [{ fields: { regionCode: 1, year: 1 } }] })
  return {
    report: async (figure) => figures.replace({ id: `${figure.regionCode}-${figure.year}-${figure.measure}`, ...figure }),
    of: async (regionCode, year) => new Map((await figures.find({ regionCode, year })).map(({ measure, count }) => [measure, count])),
  }
}
