import { readFileSync } from 'node:fs'
import Papa from 'papaparse'

export interface City {
  readonly regionCode: string
  readonly alias: string
  readonly name: string
  /** Share of the register in percent. */
  readonly share: number
  readonly counties: readonly { readonly code: string; readonly name: string }[]
}

const dataFolder = new URL('../../data/', import.meta.url)

export const dataFile = (name: string): Uint8Array => readFileSync(new URL(name, dataFolder))

const divisions = Papa.parse<Record<string, string>>(Buffer.from(dataFile('divisions-four-coal-cities.csv')).toString('utf8'), {
  header: true,
  skipEmptyLines: true,
}).data

const countiesOf = (parent: string) =>
  divisions.filter((row) => row['parent'] === parent).map((row) => ({ code: row['code'] ?? '', name: row['name'] ?? '' }))

/** The pilot group of 001 五(四), in the order of the document. */
export const cities: readonly City[] = [
  { regionCode: '230300', alias: 'jixi', name: '鸡西', share: 35, counties: countiesOf('230300') },
  { regionCode: '230500', alias: 'shuangyashan', name: '双鸭山', share: 25, counties: countiesOf('230500') },
  { regionCode: '230900', alias: 'qitaihe', name: '七台河', share: 20, counties: countiesOf('230900') },
  { regionCode: '230400', alias: 'hegang', name: '鹤岗', share: 20, counties: countiesOf('230400') },
]

export const provinceCode = '230000'
