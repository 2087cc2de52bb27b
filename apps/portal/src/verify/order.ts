import { compareBytes, utf8 } from '@dual-random/kernel'
import type { Report } from './difference.ts'

/** Order of protocol texts: unsigned UTF-8 bytes. */
export const compareText = (a: string, b: string): number => compareBytes(utf8(a), utf8(b))

/** Strictly ascending, so also without repetition. */
export function checkAscending(report: Report, where: string, texts: readonly string[]): void {
  for (let i = 1; i < texts.length; i++)
    report.hold(`${where}/${i}`, compareText(texts[i - 1] ?? '', texts[i] ?? '') < 0, {
      zh: '次序有误或重复',
      en: 'out of order or repeated',
    })
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
