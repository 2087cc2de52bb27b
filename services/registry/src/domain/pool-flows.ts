/** Where an object stands in a pool as of an instant. */
export interface Standing {
  readonly grade: string
  /** False where it left this year: it is counted until the year ends, and excluded from draws (REG-30). */
  readonly active: boolean
}

/** So many objects of a pool stood there then and stand here now; absent where they were not in it, or are no longer. */
export interface Flow {
  readonly from?: Standing
  readonly to?: Standing
  readonly count: number
}

/** An object as of one instant: which scopes fit it, as bits (0 where none does), and its class. */
export interface PassedAt<Class> {
  readonly fits: bigint
  readonly active: boolean
  readonly of: Class
}

export interface SetAt<Class> {
  readonly bits: bigint
  readonly gradeOf: (value: Class) => string
}

/** Counts objects by where they are at both of two instants; from it the flows of any set of scopes are read without the objects. */
export function flowHistogram<Class>(keyOf: (value: Class) => string) {
  const cells = new Map<string, { readonly from: PassedAt<Class>; readonly to: PassedAt<Class>; count: number }>()
  const textOf = ({ fits, active, of }: PassedAt<Class>): string => `${fits.toString(36)} ${active} ${keyOf(of)}`
  return {
    add: (from: PassedAt<Class>, to: PassedAt<Class>): void => {
      const key = `${textOf(from)} ${textOf(to)}`
      const cell = cells.get(key)
      if (cell === undefined) cells.set(key, { from, to, count: 1 })
      else cell.count++
    },
    /** Of a set as it is read at either instant, in order of where they stood; those that stayed where they were among them. */
    flowsOf: (then: SetAt<Class>, now: SetAt<Class>): readonly Flow[] => {
      const flows = new Map<string, { readonly from?: Standing; readonly to?: Standing; count: number }>()
      for (const cell of cells.values()) {
        const [from, to] = [standingIn(then, cell.from), standingIn(now, cell.to)]
        if (from === undefined && to === undefined) continue
        const key = JSON.stringify([orderOf(from), orderOf(to)])
        const flow = flows.get(key) ?? { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), count: 0 }
        flows.set(key, flow)
        flow.count += cell.count
      }
      return [...flows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow)
    },
  }
}

export const standingIn = <Class>({ bits, gradeOf }: SetAt<Class>, { fits, active, of }: PassedAt<Class>): Standing | undefined =>
  (fits & bits) === 0n ? undefined : { grade: gradeOf(of), active }

const orderOf = (standing: Standing | undefined) => (standing === undefined ? [] : [standing.grade, standing.active])
