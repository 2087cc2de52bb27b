import { type DeadLetter, parsePosition } from '@dual-random/messaging'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import { CommandError } from '../command.ts'
import { text } from '../text.ts'

/** Which letters of a group are meant. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'positions'; readonly positions: ReadonlySet<string> }

export const selectionUsage = '(--all | --key K | PARTITION@OFFSET …)'

export const selectionOptions: OptionSpecs = {
  all: { text: text('全部待处理的死信', 'every letter that waits') },
  key: { value: 'K', text: text('该键全部待处理的死信', 'every letter of the key that waits') },
}

/** Reads a group; a list shows the names. */
export function groupOf(given: string | undefined, complain: Complain): string {
  if (given === undefined) complain('G: 缺少 (missing)')
  else if (!/^[A-Za-z0-9._-]{1,100}$/.test(given)) complain(`G ${given}: 不是消费组名 (not the name of a group)`)
  return given ?? ''
}

export function positionIn(given: string, complain: Complain): string {
  if (parsePosition(given) === undefined) complain(`${given}: 应为 分区@位移，如 0@17 (partition@offset is expected, like 0@17)`)
  return given
}

export function readSelection(args: Arguments, complain: Complain): Selection {
  const positions = args.positionals.slice(1).map((word) => positionIn(word, complain))
  const key = args.values.get('key')
  const ways = [args.flags.has('all'), key !== undefined, positions.length > 0].filter(Boolean).length
  if (ways !== 1) complain(`${selectionUsage}: 应恰好给出一种 (exactly one of these is needed)`)
  if (key !== undefined) return { kind: 'key', key }
  return positions.length > 0 ? { kind: 'positions', positions: new Set(positions) } : { kind: 'all' }
}

/** Whose payload is needed. */
export const isMeant = (selection: Selection, position: string, key: string): boolean =>
  selection.kind === 'all' || (selection.kind === 'key' ? key === selection.key : selection.positions.has(position))

/** The letters that are meant: those that wait, or those that are named. Throws a `CommandError` for a name that no letter has. */
export function chosenFrom(letters: readonly DeadLetter[], selection: Selection): ReadonlySet<DeadLetter> {
  const meant = letters.filter(({ position, record }) => isMeant(selection, position, record.key))
  if (selection.kind === 'positions') {
    const known = new Set(meant.map(({ position }) => position))
    const unknown = [...selection.positions].filter((position) => !known.has(position))
    if (unknown.length > 0) throw new CommandError(text(`没有死信 ${unknown.join(' ')}`, `no dead letter ${unknown.join(' ')}`))
    return new Set(meant)
  }
  if (selection.kind === 'key' && meant.length === 0)
    throw new CommandError(text(`没有键为 ${selection.key} 的死信`, `no dead letter of key ${selection.key}`))
  return new Set(meant.filter(({ state }) => state.status === 'waiting'))
}
