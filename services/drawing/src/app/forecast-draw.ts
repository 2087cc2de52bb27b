import type { Principal } from '@dual-random/auth'
import { exactCount } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { type RegionCode, utf8 } from '@dual-random/kernel'
import { partOf, stratumInDraw } from '../domain/cities.ts'
import type { DrawIn } from '../domain/draw.ts'
import { actorOf } from './actor.ts'
import type { CapacityForecast, ForecastInput } from './computations.ts'
import { rulesOf } from './draw-rules.ts'
import { matchRefusal, unitParts } from './match-inputs.ts'
import { type Deps, organisedDraw } from './require.ts'
import { readSnapshots } from './snapshot-record.ts'
import { wholeRoster } from './whole-roster.ts'

type ForecastDeps = Deps<'draws' | 'blobs' | 'registry' | 'loads' | 'keys' | 'computations' | 'reads' | 'clock'>

/** Whether the units have the people for what a frozen draw will bring, and what binds where they do not. Nothing is kept of it but who asked (ACC-07). */
export async function forecastDraw(deps: ForecastDeps, drawId: string, principal: Principal): Promise<CapacityForecast> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.status !== 'FROZEN') throw appError('failed-precondition', 'draw-not-frozen', { meta: { status: draw.status } })
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'capacity' })
  const { strata, drawable } = await drawableOf(deps, draw)
  const made = await deps.computations.forecast({
    units: await unitParts(deps, draw, drawable),
    strata,
  })
  if (!made.ok) throw matchRefusal(made.error)
  return made.value
}

interface Drawable {
  readonly strata: ForecastInput['strata']
  readonly drawable: readonly { readonly regionCode: RegionCode; readonly labels: readonly string[] }[]
}

async function drawableOf({ registry, blobs }: ForecastDeps, draw: DrawIn<'FROZEN'>): Promise<Drawable> {
  const drawable: {
    readonly regionCode: RegionCode
    readonly labels: readonly string[]
    readonly byStratum: ReadonlyMap<string, string[]>
  }[] = []
  for (const record of await readSnapshots({ blobs }, draw)) {
    const regionCode = record.snapshot.regionCode as RegionCode
    const byStratum = new Map<string, string[]>()
    for await (const entries of wholeRoster(registry, partOf(draw, regionCode), record)) {
      for (const { label, stratum: own, excluded } of entries) {
        if (excluded) continue
        const stratum = stratumInDraw(draw.line, { regionCode, stratum: own })
        const labels = byStratum.get(stratum) ?? []
        labels.push(label)
        byStratum.set(stratum, labels)
      }
    }
    drawable.push({ regionCode, labels: [...byStratum.values()].flat(), byStratum })
  }
  const rules = rulesOf(draw)
  const ofCities = draw.line.joint === undefined ? {} : { labelsOf: drawable.map(({ regionCode }) => regionCode) }
  const strata = draw.snapshot.strata.map((size) => {
    const rule = rules[size.stratum]
    const labels = drawable.map(({ byStratum }) => utf8(JSON.stringify(byStratum.get(size.stratum) ?? [])))
    return { drawn: rule === undefined ? 0 : (exactCount(size, rule)?.n ?? 0), labels, ...ofCities }
  })
  return { strata, drawable }
}
