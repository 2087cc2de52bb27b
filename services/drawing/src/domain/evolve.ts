import { assertNever } from '@dual-random/kernel'
import type { DrawEvent } from './commands.ts'
import type { Draw, DrawIn, DrawStatus } from './draw.ts'
import { auditDueAtOf, closeAtOf } from './schedule.ts'

/** The draw after an event. An event that does not fit its state is a bug and throws. */
export function evolve(draw: Draw | undefined, event: DrawEvent): Draw {
  if (event.type === 'frozen') return { ...event.request, snapshot: event.snapshot, status: 'FROZEN' }
  if (draw === undefined) throw new Error(`${event.type} without a draw`)
  switch (event.type) {
    case 'prepared':
      return { ...stateOf(draw, 'FROZEN'), prepared: event.commitment }
    case 'committed': {
      const { prepared: _prepared, ...frozen } = stateOf(draw, 'FROZEN')
      return { ...frozen, status: 'COMMITTED', commitment: event.commitment, dueAt: event.commitment.roundAt }
    }
    case 'drawn':
      return { ...stateOf(draw, 'COMMITTED'), status: 'DRAWN', transcript: event.transcript }
    case 'matched': {
      const drawn = stateOf(draw, 'DRAWN')
      const auditDueAt = auditDueAtOf(event.matching, drawn.terms)
      return {
        ...drawn,
        status: 'MATCHED',
        matching: event.matching,
        dueAt: closeAtOf(drawn.line.batch.window.end, drawn.terms),
        ...(auditDueAt === undefined ? {} : { auditDueAt }),
      }
    }
    case 'closed': {
      const { dueAt: _dueAt, ...matched } = stateOf(draw, 'MATCHED')
      return { ...matched, status: 'CLOSED', closing: event.closing }
    }
    case 'audited': {
      const matched = draw.status === 'CLOSED' ? draw : stateOf(draw, 'MATCHED')
      return { ...matched, audits: [...(matched.audits ?? []), event.audit] }
    }
    case 'failed': {
      const { dueAt: _dueAt, ...lost } = draw.status === 'DRAWN' ? draw : stateOf(draw, 'COMMITTED')
      return { ...lost, status: 'FAILED', failure: event.failure }
    }
    case 'voided':
      return voided(draw, event.reason)
    case 'redraw-proposed':
    case 'redraw-changed':
    case 'redraw-approved':
    case 'redraw-rejected': {
      const matched = stateOf(draw, 'MATCHED')
      const others = (matched.redraws ?? []).filter(({ order }) => order !== event.order.order)
      return { ...matched, redraws: [...others, event.order].sort((a, b) => a.order - b.order) }
    }
    default:
      return assertNever(event)
  }
}

function voided(draw: Draw, reason: string): Draw {
  if (draw.status === 'FROZEN') {
    const { prepared: _prepared, ...frozen } = draw
    return { ...frozen, status: 'VOID', reason }
  }
  const { dueAt: _dueAt, ...committed } = stateOf(draw, 'COMMITTED')
  return { ...committed, status: 'VOID', reason }
}

function stateOf<Status extends DrawStatus>(draw: Draw, status: Status): DrawIn<Status> {
  if (draw.status !== status) throw new Error(`draw ${draw.drawId} is ${draw.status}, not ${status}`)
  return draw as DrawIn<Status>
}
