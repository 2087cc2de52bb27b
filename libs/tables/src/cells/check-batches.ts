import { squash } from '../text.ts'

const clause = /^抽中对象分(?<count>[2-9]|[1-9]\d)个检查批次依序检查$/

/** `抽中对象分3个检查批次依序检查`, which `readCheckBatches` reads back; from 2 to 99. */
export const writeCheckBatches = (count: number): string => `抽中对象分${count}个检查批次依序检查`

/** Into how many check batches a clause of a remark has the drawn objects cut; undefined for a clause that says nothing of it. */
export function readCheckBatches(text: string): number | undefined {
  const count = clause.exec(squash(text).replace(/。$/, ''))?.groups?.['count']
  return count === undefined ? undefined : Number(count)
}
