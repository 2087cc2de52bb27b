import { type ApiAnswer, eventually } from '@dual-random/testkit'
import type { PublishedLine } from '../../src/domain/plan-line.ts'
import type { DrawBody } from '../../src/http/schemas.ts'
import type { Deployment, Part } from './deployment.ts'
import { drawIdOf } from './steps.ts'

/** Where a draw stands, or which step is under way, when a process is killed. */
export const states = ['freezing', 'FROZEN', 'committing', 'COMMITTED', 'at the round', 'DRAWN', 'MATCHED', 'closing'] as const
/** Of a draw to which a unit gives a secret, between the tip and what opens it. */
export const statesOfSecrets = ['tip given', 'reveal given'] as const
export type State = (typeof states)[number] | (typeof statesOfSecrets)[number]

/** What a unit outside adds to a draw. */
export interface Secret {
  readonly tip: (drawId: string) => Promise<void>
  readonly reveal: (drawId: string, commitment: string) => Promise<void>
}

interface Entry {
  readonly kind: string
  readonly drawId: string
}

/** For whatever comes at last; a crowded machine takes its time. */
export const timeoutMs = 300_000

type Answer = ApiAnswer<DrawBody & { readonly code?: string }>

const must = (isThere: boolean, what: string): void => {
  if (!isThere) throw new Error(`not there: ${what}`)
}

/** An organiser that sends each command again until it is done, while a process is killed at every state of the draw. */
export class InsistentOrganiser {
  /** Where a process was killed. */
  readonly reached: string[] = []
  readonly #deployment: Deployment

  constructor(deployment: Deployment) {
    this.#deployment = deployment
  }

  /** From the freeze to the teams, at fixed instants, so that nothing but what went before decides what comes of it. */
  async draw(
    line: PublishedLine,
    hour: number,
    victim?: Part,
    { attempt = 1, secret }: { readonly attempt?: number; readonly secret?: Secret } = {},
  ): Promise<DrawBody> {
    const { moveTo, beacon } = this.#deployment
    await moveTo(`2026-03-02T${String(hour).padStart(2, '0')}:10:30.000Z`)
    if (secret !== undefined) {
      await secret.tip(drawIdOf(line, attempt))
      await this.#killedAt('tip given', victim)
    }
    const order = { planId: line.planId, lineId: line.lineId, batch: 1, attempt }
    const { drawId } = await this.#killedIn('freezing', victim, '/v1/draws', order, this.#isPinned(line, attempt))
    await this.#killedAt('FROZEN', victim)
    const path = `/v1/draws/${drawId}`
    const { commitment } = await this.#killedIn('committing', victim, `${path}/commit`, {}, this.#isEntered(drawId, 'commitment'))
    await this.#killedAt('COMMITTED', victim)
    if (secret !== undefined) {
      await secret.reveal(drawId, commitment?.digest ?? '')
      await this.#killedAt('reveal given', victim)
    }
    await moveTo(commitment?.roundAt ?? '')
    if (victim !== undefined) {
      const release = beacon.hold()
      const held = this.#post(`${path}/run`, {})
      const round = commitment?.beacons[0]?.round ?? 0
      await eventually(() => must(beacon.heldRounds.includes(round), `round ${round}`), { timeoutMs })
      await this.#killedAt('at the round', victim)
      release()
      await held
    }
    await this.#killedIn('DRAWN', victim, `${path}/run`, {}, this.#isEntered(drawId, 'transcript'))
    await this.#killedAt('MATCHED', victim)
    return this.#insist(`${path}/run`, {})
  }

  close({ drawId }: DrawBody, victim?: Part): Promise<DrawBody> {
    return this.#killedIn('closing', victim, `/v1/draws/${drawId}/close`, {}, this.#isEntered(drawId, 'closed'))
  }

  freeze({ planId, lineId }: PublishedLine): Promise<DrawBody> {
    return this.#insist('/v1/draws', { planId, lineId, batch: 1 })
  }

  commit(drawId: string): Promise<DrawBody> {
    return this.#insist(`/v1/draws/${drawId}/commit`, {})
  }

  /** Commits, and drawing is killed once S stands in the log and the sign is there; it is not sent again. */
  async commitAndDie(drawId: string, sign: () => Promise<void> = async () => undefined): Promise<void> {
    let isDead = false
    const sending = eventually(
      async () => {
        if (!isDead && (await this.#post(`/v1/draws/${drawId}/commit`, {}))?.status !== 200) throw new Error('not committed')
      },
      { timeoutMs },
    )
    await eventually(this.#isEntered(drawId, 'commitment'), { everyMs: 1, timeoutMs })
    await eventually(sign, { everyMs: 1, timeoutMs })
    isDead = true
    await this.#deployment.kill('drawing')
    await sending
  }

  /** Undefined where the answer was cut off. */
  async #post(path: string, body: object): Promise<Answer | undefined> {
    const api = await this.#deployment.as('drawing', ['DRAW_ORGANISER'])
    return api.post<DrawBody & { readonly code?: string }>(path, body).catch(() => undefined)
  }

  #insist(path: string, body: object): Promise<DrawBody> {
    return eventually(
      async () => {
        const answer = await this.#post(path, body)
        if (answer === undefined || answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer)}`)
        return answer.body
      },
      { timeoutMs },
    )
  }

  /** Kills the victim while a command is under way, as soon as the sign is there; the registry at once, for it is asked first. */
  async #killedIn(state: State, victim: Part | undefined, path: string, body: object, sign: () => Promise<void>): Promise<DrawBody> {
    if (victim !== undefined) {
      const sent = this.#insist(path, body)
      if (victim !== 'registry') await eventually(sign, { everyMs: 1, timeoutMs })
      await this.#killedAt(state, victim)
      await sent
    }
    return this.#insist(path, body)
  }

  async #killedAt(state: State, victim: Part | undefined): Promise<void> {
    if (victim === undefined) return
    await this.#deployment.kill(victim)
    this.reached.push(`${victim} ${state}`)
    await this.#deployment.start(victim)
  }

  #isEntered(drawId: string, kind: string): () => Promise<void> {
    const entries = this.#deployment.database.collection<Entry>('region_log_entries')
    return async () => must((await entries.findOne({ kind, drawId })) !== null, kind)
  }

  #isPinned({ lineId }: PublishedLine, attempt: number): () => Promise<void> {
    const requests = this.#deployment.database.collection('freeze_requests')
    return async () => must((await requests.findOne({ 'request.line.lineId': lineId, 'request.attempt': attempt })) !== null, lineId)
  }
}
