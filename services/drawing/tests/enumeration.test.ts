import { events as contracts } from '@dual-random/contracts'
import { drawnDigest, ndjson, type PublicOpeningLine, type SignedTranscript } from '@dual-random/draw'
import { fromHex, tlv, toHex } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { eventBus, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { sha256Hash } from './fixtures.ts'
import { type Verdict, verifyCities, verifyCityRedraw, verifyPublicFiles } from './support/bundle.ts'
import { allTopics, creditCodes, creditCodesOf, type Deployment, startDeployment } from './support/deployment.ts'
import { guesses, plainForms, SearchedText } from './support/guesses.ts'
import { bureau, regionCode } from './support/harness.ts'
import { timeoutMs } from './support/insistent-organiser.ts'
import { type KnownObject, linkingValues } from './support/linked-values.ts'
import { Outsider, saltsIn } from './support/outsider.ts'
import { type PublicityPeer, publicityPeer } from './support/publicity-peer.ts'
import { type DrawnLists, drawingUnits, otherCity, otherDepartment, TwoDepartments, theirBureau } from './support/two-departments.ts'

/**
 * Who reads which topic (docs/architecture.md): every topic here is read by service principals alone, Kafka refuses all others. They still name
 * no object by anything that its code gives: the registers' topics have ids under a secret key, the others draws, tasks, visits and units.
 */
const topicsOfRegisters = [...new Set(Object.values(contracts.registry).map(({ topic }) => topic))]
const topicsOfDraws = allTopics.filter((topic) => !topicsOfRegisters.includes(topic))

const codesOfOtherCity = creditCodesOf(100)
const allCodes = [...creditCodes, ...codesOfOtherCity]

describe('an outsider who knows every code', { timeout: 900_000 }, () => {
  let deployment: Deployment
  let publicity: PublicityPeer
  let departments: TwoDepartments
  let bus: Awaited<ReturnType<typeof eventBus>>
  let heard: readonly ReceivedEvent[]
  let lists: DrawnLists
  let draws: readonly DrawBody[]
  let outsider: Outsider
  /** What anyone could fetch before the first visit, and what all services but registry had told by then. */
  let published: readonly string[]
  let told: readonly string[]
  let guessed: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    publicity = await publicityPeer()
    deployment = await startDeployment({ realPlanning: true, otherRegions: [otherCity], publicityUrl: publicity.url })
    const opened = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, deployment.scope, allTopics)
    bus = opened
    heard = opened.heard
    for (const part of ['inspection', 'publication', 'joint', 'oversight', 'gateway'] as const) await deployment.start(part)
    outsider = new Outsider(deployment)
    await deployment.moveTo('2026-02-24T01:00:00.000Z')
    departments = new TwoDepartments(deployment)
    lists = await departments.draw()
    draws = [lists.first, lists.second, lists.replacement]
    await eventually(
      () => {
        expect(eventsOf(contracts.inspection.taskDispatched)).toHaveLength(lists.tasks.length)
        expect(eventsOf(contracts.publication.drawnListOpened)).toHaveLength(4)
        // By joint, of whom both departments drew.
        expect(eventsOf(contracts.joint.listMatchProposed)).toHaveLength(drawnTwice().length)
        for (const { drawId } of draws) expect(outsider.told).toContain(drawId)
      },
      { timeoutMs },
    )
    published = await everythingPublic()
    told = linesOf(topicsOfDraws)
    const salts = saltsIn(...published, ...told)
    expect(salts.length).toBeGreaterThan(20)
    guessed = new Map(allCodes.map((code) => [code, guesses(code, salts, drawingUnits)]))
  }, 900_000)
  afterAll(async () => {
    outsider?.leave()
    await bus?.close()
    await deployment?.dispose()
    await publicity?.close()
  })

  const eventsOf = ({ type: wanted }: { readonly type: string }): readonly ReceivedEvent[] => heard.filter(({ type }) => type === wanted)
  const linesOf = (topics: readonly string[]): readonly string[] =>
    heard.filter(({ topic }) => topics.includes(topic)).map((event) => JSON.stringify(event))

  const codesIn = (drawId: string): readonly string[] =>
    lists.tasks.filter((task) => task.drawId === drawId).map(({ object }) => object.code)
  /** Whom both lists name, the first with what was drawn in a replaced one's place. */
  const drawnTwice = (): readonly string[] =>
    [lists.first, lists.replacement].flatMap(({ drawId }) => codesIn(drawId)).filter((code) => codesIn(lists.second.drawId).includes(code))

  /** Everything that anyone may fetch of these draws and around them. */
  const everythingPublic = async (): Promise<readonly string[]> => {
    const paths = new Set((await outsider.routes()).filter(({ isPublic }) => isPublic).map(({ path }) => path))
    for (const known of [
      '/v1/public/draws',
      '/v1/public/draws/{drawId}/transcript',
      '/v1/public/results',
      '/v1/public/drawn-lists/{drawId}/subjects',
      '/v1/public/plans/{planId}/lines/{lineId}',
    ])
      expect(paths).toContain(known)
    const fetched = await outsider.fetchAll(
      {
        drawId: draws.map(({ drawId }) => drawId),
        regionCode: [regionCode, otherCity],
        digest: draws.map(({ commitment }) => commitment?.digest ?? ''),
        planId: lists.lines.map(({ planId }) => planId),
        lineId: [...new Set(lists.lines.map(({ lineId }) => lineId))],
        listId: [bureau, otherDepartment, theirBureau].map((unitId) => `list-${unitId}`),
      },
      ['', ...[regionCode, otherCity].flatMap((region) => [`?regionCode=${region}`, `?regionCode=${region}&year=2026`])],
    )
    return [...fetched, outsider.told]
  }

  /** Codes of which a text has any form that could be guessed. */
  const foundIn = (lines: readonly string[]): readonly string[] => {
    const searched = new SearchedText(lines.join('\n'))
    return [...guessed].flatMap(([code, all]) => (searched.tells(code, all) ? code : []))
  }

  it('SEC-05 DRW-34 finds before the visit neither a drawn nor an undrawn code in anything public, in no form that public values can give it', () => {
    expect(draws.map(({ status }) => status)).toEqual(['MATCHED', 'MATCHED', 'MATCHED'])
    expect(drawnTwice().length).toBeGreaterThanOrEqual(3)
    expect(foundIn(published)).toEqual([])
  })

  it('SEC-05 DRW-34 finds them in no event, of no service', () => {
    const text = told.join('\n')
    for (const { drawId } of draws) expect(text).toContain(drawId)
    for (const { taskId, visitId } of lists.tasks) for (const id of [taskId, visitId]) expect(text).toContain(id)
    expect(foundIn(told)).toEqual([])
    const registers = linesOf(topicsOfRegisters)
    expect(eventsOf(contracts.registry.objectRegistered)).toHaveLength(allCodes.length)
    expect(foundIn(registers)).toEqual([])
    for (const { drawId } of draws) expect(registers.join('\n')).not.toContain(drawId)
  })

  it('SEC-05 DRW-19 DRW-34 finds nothing by which an object of one list is known in another, in nothing public and in no event', async () => {
    const objects: readonly KnownObject[] = await Promise.all(
      lists.tasks.map(async (task) => ({
        // A replacement draws from the labels of the draw that it is of (§18).
        draw: task.drawId === lists.replacement.drawId ? lists.first.drawId : task.drawId,
        code: task.object.code,
        ids: [task.taskId, task.visitId, await departments.labelOf(task)],
      })),
    )
    const lines = [
      ...published.flatMap((answer) =>
        answer
          .replace(/^\d{3} /, '')
          .split('\n')
          .map((line) => line.replace(/^data: /, '')),
      ),
      ...told,
    ]
    expect(linkingValues(lines, objects)).toEqual([])
    // The search is not blind: it does find a value that two labels of one object have to themselves.
    const [one, other] = drawnTwice()
      .slice(0, 1)
      .flatMap((twice) => objects.filter(({ code }) => code === twice))
    const giveaway = [one, other].map((object) => JSON.stringify({ label: object?.ids.at(-1), mark: 'm' }))
    expect(linkingValues([...lines, ...giveaway], objects)).toEqual(['m'])
    const labels = await Promise.all(
      [lists.first, lists.second].map(async ({ drawId }) =>
        (await deployment.text(`/v1/public/draws/${drawId}/roster`)).match(/[0-9a-f]{64}/g),
      ),
    )
    expect(labels.map((each) => each?.length)).toEqual([creditCodes.length, creditCodes.length])
    expect(new Set(labels.flat()).size).toBe(2 * creditCodes.length)
  })

  it('SEC-05 DRW-34 gets the same answer for every code from every endpoint, without a token', async () => {
    expect((await outsider.routes()).length).toBeGreaterThan(100)
    const query = (code: string): string => `objectCode=${code}&code=${code}&q=${code}&regionCode=${regionCode}`
    expect(await outsider.differing(allCodes, query)).toEqual([])
  })

  it('DRW-34 SEC-05 shows a task to its team alone, not to an inspector who is not of it', async () => {
    const task = lists.tasks.find(({ drawId }) => drawId === lists.replacement.drawId)
    const team = new Set(task?.team.members.map(({ subject }) => subject))
    const outsideTeam = Array.from({ length: 4 }, (_, index) => `inspector${regionCode}${index}`).find((subject) => !team.has(subject))
    const asked = async (subject: string | undefined) =>
      (await (await deployment.as('inspection', ['INSPECTOR'], { subject: subject ?? '' })).get<object>(`/v1/tasks/${task?.taskId}`)).status
    expect(await asked([...team][0])).toBe(200)
    expect([403, 404]).toContain(await asked(outsideTeam))
  })

  /** What a draw's public openings name, of each city. */
  const openingsOf = async (drawId: string): Promise<readonly PublicOpeningLine[]> => {
    const cities = drawId === lists.first.drawId ? ['', `?regionCode=${otherCity}`] : ['']
    const texts = await Promise.all(cities.map((city) => deployment.text(`/v1/public/draws/${drawId}/openings${city}`)))
    return texts.flatMap((text) => text.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as PublicOpeningLine))))
  }

  it('DRW-31 SEC-05 opens after the visits who was drawn, and then everyone can check it', async () => {
    const visited = lists.tasks.filter(({ taskId }) => taskId !== lists.replacedTask.taskId)
    for (const { taskId, team, items } of visited) {
      const [member] = team.members
      const inspector = await deployment.as('inspection', ['INSPECTOR'], { subject: member?.subject ?? '', unitId: member?.unitId ?? '' })
      const entered = await inspector.post(`/v1/tasks/${taskId}/results`, {
        itemCode: items[0]?.itemCode,
        methods: ['ON_SITE'],
        recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点', finding: '已核查' }] },
        resultType: 'NO_PROBLEM',
      })
      expect(entered.status, JSON.stringify(entered.body)).toBe(201)
    }
    await eventually(() => expect(eventsOf(contracts.inspection.taskCompleted)).toHaveLength(visited.length), { timeoutMs })
    await deployment.moveTo(lists.first.closeAt)
    for (const { drawId } of draws) {
      const closed = await eventually(
        async () => {
          const organiser = await deployment.as('drawing', ['DRAW_ORGANISER'])
          const { body } = await organiser.get<DrawBody>(`/v1/draws/${drawId}`)
          if (body.status !== 'CLOSED') throw new Error(body.status)
          return body
        },
        { timeoutMs },
      )
      const codes = visited.filter((task) => task.drawId === drawId).map(({ object }) => object.code)
      expect(closed.closing).toMatchObject({ visited: codes.length, notVisited: drawId === lists.first.drawId ? 1 : 0 })
      const openings = await openingsOf(drawId)
      expect(openings.map(({ id }) => id).toSorted()).toEqual(codes.toSorted())
      const { transcript } = JSON.parse(await deployment.text(`/v1/public/draws/${drawId}/transcript`)) as SignedTranscript
      const opened = openings.map(({ id, salt }) => drawnDigest(sha256Hash, drawId, salt, id))
      expect(transcript.drawnSet).toEqual(expect.arrayContaining(opened))
      expect(transcript.drawnSet).toHaveLength(codes.length + (closed.closing?.notVisited ?? 0))
    }
    for (const { exitCode, output } of await verdicts()) expect([exitCode, output]).toEqual([0, expect.stringContaining('MATCH')])
  })

  const verdicts = async (): Promise<readonly Verdict[]> => {
    const [own, other] = deployment.keysFiles
    if (own === undefined || other === undefined) throw new Error('no keys')
    const url = deployment.url('drawing')
    const redraw = { drawId: lists.replacement.drawId, parentDrawId: lists.first.drawId, parentRegionCode: regionCode }
    return [
      ...Object.values(await verifyCities(url, lists.first.drawId, [regionCode, otherCity], [own, other])),
      ...Object.values(await verifyCityRedraw(url, redraw, own)),
      await verifyPublicFiles(url, lists.second.drawId, regionCode, own),
    ]
  }

  it('SEC-05 PUB-13 shows, once it is published, what was found at each that was visited, and still nothing of the others', async () => {
    const searched = async (code: string) => {
      const { items } = (await (await fetch(`${deployment.url('publication')}/v1/public/results?q=${code}`)).json()) as {
        readonly items: readonly { readonly objectCode: string; readonly itemCode: string; readonly resultType: string }[]
      }
      return items.map(({ objectCode, itemCode, resultType }) => `${objectCode} ${itemCode} ${resultType}`).toSorted()
    }
    const visited = lists.tasks.filter(({ taskId }) => taskId !== lists.replacedTask.taskId)
    await departments.publishResults(visited.length)
    for (const code of allCodes) {
      const results = visited
        .filter(({ object }) => object.code === code)
        .flatMap(({ items }) => items.map(({ itemCode }) => `${code} ${itemCode} NO_PROBLEM`))
      expect(await searched(code)).toEqual(results.toSorted())
    }
  })

  it('would find a code whose salt is public: the search above is not blind', async () => {
    const { drawId } = lists.second
    const [opening] = await openingsOf(drawId)
    const { id, salt } = opening as PublicOpeningLine
    const transcript = new SearchedText(await deployment.text(`/v1/public/draws/${drawId}/transcript`))
    const element = toHex(digest('sha256', tlv('drawn', fromHex(drawId) ?? '', fromHex(salt) ?? '', id)))
    expect(transcript.tells(id, [element.slice(0, 32)])).toBe(true)
    expect(transcript.tells(id, guesses(id, [], drawingUnits))).toBe(false)
    expect(plainForms(id).filter((form) => ndjson([{ id }]).includes(form))).toEqual([id])
    expect(new SearchedText(ndjson([{ id }])).tells(id, [])).toBe(true)
  })
})
