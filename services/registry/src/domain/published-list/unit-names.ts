import { nameKey, type RegionCode } from '@dual-random/kernel'
import type { Unit } from '../unit.ts'

/** Names of published lists against the units of a region. */
export interface UnitNames {
  /** The one unit a name can mean; undefined when none or several. */
  named(name: string): Unit | undefined
  unit(id: string): Unit | undefined
  /** Departments and bureaux of the region itself. */
  readonly bodies: readonly Unit[]
}

const levelPrefix = /^(?:省|市(?!场)|县|区|旗)级?/
const bodySuffix = /(?:主管部门|管理部门|部门|机构|单位|管理局|局|委员会|委|办公室|厅|部)$/

/** The bare name of a department: `市场监管` of 市市场监管局 and 市场监管部门. */
const departmentKey = (name: string): string => nameKey(name).replace(levelPrefix, '').replace(bodySuffix, '')

/** 市烟草专卖局 for 某某市烟草专卖局: the name without the place before it. */
const isShortFor = (short: string, full: string): boolean => full.endsWith(short) && full.length > short.length && short.length >= 4

export function unitNames(units: readonly Unit[], regionCode: RegionCode): UnitNames {
  const byId = new Map<string, Unit>(units.map((unit) => [unit.unitId, unit]))
  const bodies = units.filter(({ kind, regionCode: own }) => own === regionCode && (kind === 'DEPARTMENT' || kind === 'BUREAU'))
  const found = (matches: (unit: Unit) => boolean): readonly Unit[] => {
    const nearest = bodies.filter(matches)
    return nearest.length > 0 ? nearest : units.filter(matches)
  }
  return {
    bodies,
    unit: (id) => byId.get(id),
    named: (name) => {
      const key = nameKey(name)
      const whole = found((unit) => nameKey(unit.name) === key)
      const short = whole.length > 0 ? whole : found((unit) => isShortFor(key, nameKey(unit.name)))
      const meant = short.length > 0 ? short : bodies.filter(({ department }) => departmentKey(department) === departmentKey(name))
      return meant.length === 1 ? meant[0] : undefined
    },
  }
}
