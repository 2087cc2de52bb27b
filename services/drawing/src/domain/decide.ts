import { assertNever, err, ok, type Result } from '@dual-random/kernel'
import { failsBefore } from '@dual-random/witness'
import type { DrawCommand, DrawError, DrawEvent } from './commands.ts'
import { decideRedraw } from './decide-redraw.ts'
import type { Draw, DrawIn, LivingDraw } from './draw.ts'
import { closeAtOf } from './schedule.ts'

type Decision = Result<readonly DrawEvent[], DrawError>
type CommandOf<Type extends DrawCommand['type']> = Extract<DrawCommand, { readonly type: Type }>

/** What a command does to a draw; no event when it was done already, so that every command may be sent again. */
export function decide(draw: Draw | undefined, command: DrawCommand): Decision {
  if (command.type === 'freeze')
    return ok(draw === undefined ? [{ type: 'frozen', request: command.request, snapshot: command.snapshot }] : [])
  if (draw === undefined) throw new Error(`${command.type} without a draw`)
  if (draw.status === 'VOID') return command.type === 'void' ? ok([]) : err({ code: 'draw-void' })
  if (draw.status === 'FAILED') return command.type === 'fail' ? ok([]) : err({ code: 'draw-failed' })
  switch (command.type) {
    case 'prepare':
      return ok(draw.status === 'FROZEN' ? prepare(draw, command) : [])
    case 'commit':
      return ok(draw.status === 'FROZEN' ? commit(draw, command) : [])
    case 'draw':
      if (draw.status === 'FROZEN') return err({ code: 'draw-not-committed', status: draw.status })
      return ok(draw.status === 'COMMITTED' ? [{ type: 'drawn', transcript: command.transcript }] : [])
    case 'match':
      if (draw.status === 'FROZEN' || draw.status === 'COMMITTED') return err({ code: 'draw-not-committed', status: draw.status })
      return ok(draw.status === 'DRAWN' ? [{ type: 'matched', matching: command.matching }] : [])
    case 'close':
      return close(draw, command)
    case 'audit':
      return audit(draw, command)
    case 'void':
      // The log took the void only before the margin, so nothing can have been drawn since.
      return draw.status === 'FROZEN' || draw.status === 'COMMITTED'
        ? ok([{ type: 'voided', reason: command.reason }])
        : err({ code: 'draw-already-drawn', status: draw.status })
    case 'fail':
      return fail(draw, command)
    case 'propose-redraw':
    case 'drop-recusal':
    case 'approve-redraw':
    case 'reject-redraw':
      return decideRedraw(draw, command)
    default:
      return assertNever(command)
  }
}

/** A prepared S stands until its round: it can enter the log until a margin before, and the margin is more than an entry takes. */
function prepare({ prepared }: DrawIn<'FROZEN'>, { commitment, now }: CommandOf<'prepare'>): readonly DrawEvent[] {
  const stands = prepared !== undefined && now <= prepared.roundAt
  return stands ? [] : [{ type: 'prepared', commitment }]
}

function commit({ prepared, drawId }: DrawIn<'FROZEN'>, { digest }: CommandOf<'commit'>): readonly DrawEvent[] {
  if (prepared?.digest !== digest) throw new Error(`draw ${drawId} commits to an S it did not prepare`)
  return [{ type: 'committed', commitment: prepared }]
}

/** What was lost was still needed: the rounds until the labels are drawn, the key and the private files until the teams are matched. Whether a void is undecided only the log can say. */
function fail(draw: LivingDraw, { failure }: CommandOf<'fail'>): Decision {
  if (draw.status === 'FROZEN') return err({ code: 'draw-not-committed', status: draw.status })
  const isNeeded = draw.status === 'COMMITTED' || (draw.status === 'DRAWN' && failsBefore[failure.reason] === 'match')
  return isNeeded ? ok([{ type: 'failed', failure }]) : err({ code: 'failed-too-late', reason: failure.reason, status: draw.status })
}

function close(draw: LivingDraw, { closing, now }: CommandOf<'close'>): Decision {
  if (draw.status === 'CLOSED') return ok([])
  if (draw.status !== 'MATCHED') return err({ code: 'draw-not-matched', status: draw.status })
  const at = closeAtOf(draw.line.batch.window.end, draw.terms)
  return now < at ? err({ code: 'close-not-due', at }) : ok([{ type: 'closed', closing }])
}

/** An audit is somebody else's than the organiser's; one that a unit gave stays. */
function audit(draw: LivingDraw, { audit: given }: CommandOf<'audit'>): Decision {
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED') return err({ code: 'draw-not-matched', status: draw.status })
  if (given.unitId === draw.unitId) return err({ code: 'audit-by-organiser' })
  return ok(draw.audits?.some(({ unitId }) => unitId === given.unitId) ? [] : [{ type: 'audited', audit: given }])
}
