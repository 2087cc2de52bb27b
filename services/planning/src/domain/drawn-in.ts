import type { DrawOfYear } from './region-year.ts'

/** What was drawn of one city. */
export interface CityDraw {
  readonly regionCode: string
  readonly drawn: number
  /** As of a draw of one city. */
  readonly yearEnterprises?: number | undefined
}

/** A draw that may be of several cities. */
export interface DrawOfCities extends DrawOfYear {
  readonly cities?: readonly CityDraw[] | undefined
}

/** What a draw drew in one region: all of it where one city draws, its part where several do, nothing where it takes no part. */
export function drawnIn({ cities, ...whole }: DrawOfCities, regionCode: string): DrawOfYear {
  const { drawn, yearEnterprises } = cities === undefined ? whole : (cities.find((city) => city.regionCode === regionCode) ?? { drawn: 0 })
  return { drawn, ...(yearEnterprises === undefined ? {} : { yearEnterprises }) }
}
