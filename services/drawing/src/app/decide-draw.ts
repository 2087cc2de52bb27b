import type { DrawId } from '@dual-random/kernel'
import type { DrawCommand } from '../domain/commands.ts'
import { decide } from '../domain/decide.ts'
import type { Draw } from '../domain/draw.ts'
import { evolve } from '../domain/evolve.ts'
import { serviceActor } from './actor.ts'
import { type Deps, settled } from './require.ts'

/** Load → decide → save. A command that was carried out before changes nothing and gives the draw as it is. */
export async function decideDraw(
  { draws, actor = serviceActor }: Deps<'draws' | 'actor'>,
  drawId: DrawId,
  command: DrawCommand,
): Promise<Draw> {
  const draw = await draws.update(drawId, (current) => {
    const events = settled(decide(current, command))
    if (events.length === 0) return undefined
    return { draw: events.reduce<Draw | undefined>(evolve, current) as Draw, events, by: actor }
  })
  if (draw === undefined) throw new Error(`${command.type} left draw ${drawId} without a state`)
  return draw
}
