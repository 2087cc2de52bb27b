/** One promise of the demo: what was looked at, and what broke it. */
export interface Check {
  readonly name: string
  readonly nameZh: string
  readonly looked: number
  readonly failures: readonly string[]
}

export const check = (name: string, nameZh: string, looked: number, failures: readonly string[]): Check => ({
  name,
  nameZh,
  looked,
  failures,
})
