import type { KeySupervisionList } from '../domain/key-supervision-list.ts'
import type { Records } from './ports.ts'

/** Key-supervision lists (重点监管事项清单), by id. */
export interface KeySupervisionLists extends Records<KeySupervisionList> {
  all(): Promise<readonly KeySupervisionList[]>
}
