interface Placed {
  readonly planId: string
  readonly lineId: string
}

/** Where a line stands in lists and from where a page goes on: by plan, then by its number, though L100 follows L99. */
export const lineKey = ({ planId, lineId }: Placed): string => `${planId}/${lineId.padStart(8, '0')}`

export const batchKey = ({ number, ...line }: Placed & { readonly number: number }): string =>
  `${lineKey(line)}/${String(number).padStart(3, '0')}`

export const pairKey = (a: Placed, b: Placed): string => `${lineKey(a)}~${lineKey(b)}`
