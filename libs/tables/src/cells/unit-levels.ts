/** One kind of unit on several levels. */
export interface LevelsOfUnit {
  readonly name: string
  readonly levels: readonly string[]
}

const atom = String.raw`(?:省|市本级|[市县区旗州盟](?:\([^)]*\))?)`
const levelWord = new RegExp(`^${atom}+级?$`)
const levelled = new RegExp(`^(?<level>${atom}+)[两二三四]?级(?<name>.+)$`)
const bareLevel = new RegExp(`^(?<level>县区|区县|${atom})(?<name>.{2,}(?:部门|机构|局))$`)
/** 市县教育部门; 省市场监管部门 is of one level. */
const runOfLevels = /^(?<level>省市县|省市(?![场政容])|市县区?)(?<name>.{2,}(?:部门|机构))$/

const singleLevels = (text: string): readonly string[] => text.match(new RegExp(atom, 'g')) ?? []

/** 市、县级城市管理部门, 市县两级教育部门; behind other levels the word itself may be left out, 市、县市场监管部门. Undefined for other lists. */
export function readLevelsOfUnit(parts: readonly string[]): LevelsOfUnit | undefined {
  const before = parts.slice(0, -1)
  const end = parts.at(-1) ?? ''
  const last = (levelled.exec(end) ?? (before.length > 0 ? bareLevel.exec(end) : runOfLevels.exec(end)))?.groups
  if (last === undefined || !before.every((part) => levelWord.test(part))) return undefined
  const levels = [...before, last['level'] ?? ''].flatMap(singleLevels)
  return levels.length > 1 ? { name: last['name'] ?? '', levels } : undefined
}
