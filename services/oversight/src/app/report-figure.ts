import { invalidRequest, violation } from '@dual-random/errors'
import type { Clock, RegionCode } from '@dual-random/kernel'
import { isReportable } from '../domain/measures.ts'
import type { ReportedFigure, ReportedFigures } from './ports.ts'

export interface FigureInput {
  readonly regionCode: RegionCode
  readonly year: number
  readonly measure: string
  readonly count: number
  readonly source: string
}

/** Takes a figure that no event tells, with its source; refuses one that the events tell themselves. */
export async function reportFigure(
  { figures, clock }: { readonly figures: ReportedFigures; readonly clock: Clock },
  by: string,
  input: FigureInput,
): Promise<ReportedFigure> {
  if (!isReportable(input.measure)) throw invalidRequest([violation('/measure', 'measure-computed', { measure: input.measure })])
  const figure = { ...input, by, at: clock() }
  await figures.report(figure)
  return figure
}
