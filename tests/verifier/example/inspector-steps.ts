import type { Filter, MatchInput, MatchInspector, ObjectNeeds } from '@dual-random/draw'
import { canonicalJson, tlv } from '@dual-random/kernel'
import type { PlayedExample } from './played.ts'
import { block, brokenText, bytes, hashing, rankedSteps, type Section, type Step, tlvBlock, value, words } from './steps.ts'

/** The second object in the order of matching: what the first added to loads counts. */
const shownPosition = 2

/** The first filter of §11 that rules an inspector out; a cap or last inspector that policy only prefers rules nobody out. */
function filterOf({ selection, day }: MatchInput, needs: ObjectNeeds, one: MatchInspector): Filter | undefined {
  const isAdmitted = one.homeKind === 'OFFICE' ? selection.offices : (selection.stations ?? [one.homeUnitId]).includes(one.homeUnitId)
  if (!isAdmitted) return 'place'
  if (one.validTo === null || one.validTo < day) return 'qualification'
  if (needs.specialities.some((asked) => !one.specialities.includes(asked))) return 'speciality'
  if (needs.recusals.some(({ inspector }) => inspector === one.label)) return 'recusal'
  return one.available ? undefined : 'status'
}

interface Judged {
  readonly inspector: MatchInspector
  readonly added: number
  /** Undefined of a candidate. */
  readonly filter: Filter | undefined
  readonly reluctance: number
}

function judged({ matchInput: input, match }: PlayedExample, needs: ObjectNeeds): readonly Judged[] {
  if (input.loadCap?.rule !== 'prefer' || input.lastInspector !== 'prefer') throw new Error('the example’s policy prefers')
  const { cap } = input.loadCap
  const before = match.matches.slice(0, shownPosition - 1).flatMap(({ teams }) => teams.flatMap(({ members }) => members))
  return input.inspectors.map((inspector) => {
    const added = before.filter((label) => label === inspector.label).length
    const isCapReached = inspector.load + added >= cap
    const wasLast = needs.lastInspectors.includes(inspector.label)
    return { inspector, added, filter: filterOf(input, needs, inspector), reluctance: (isCapReached ? 2 : 0) + (wasLast ? 1 : 0) }
  })
}

export function inspectorsSection(one: PlayedExample): Section {
  const { matchInput: input, match, transcript } = one
  const matched = match.matches[shownPosition - 1]
  const needs = input.objects.find(({ label }) => label === matched?.object)
  const [file = '', ...lines] = (one.files[`private/match-inputs/${input.unitId}.ndjson`] ?? '').trimEnd().split('\n')
  if (matched === undefined || needs === undefined) throw new Error('no object, or nothing that it asks for')
  const of = judged(one, needs)
  const byId = of.toSorted((a, b) => (a.inspector.id < b.inspector.id ? -1 : 1))
  const candidates = of.filter(({ filter }) => filter === undefined)
  const labels = candidates.map(({ inspector }) => inspector.label)
  const { steps: tickets, order } = rankedSteps(one, ['inspector', input.unitId, matched.object], labels)
  const reluctanceOf = (label: string): number => candidates.find(({ inspector }) => inspector.label === label)?.reluctance ?? 0
  // Stable: equally reluctant candidates keep the order of their tickets.
  const preferred = order.toSorted((a, b) => reluctanceOf(a.label) - reluctanceOf(b.label))
  const team = preferred.slice(0, input.teamSize).map(({ label }) => label)
  const leader = order.find(({ label }) => team.includes(label))?.label
  const [given, ...otherTeams] = matched.teams
  if (given === undefined || otherTeams.length > 0 || matched.shortages.length > 0) throw new Error('the example has one team')
  return {
    title: 'Inspectors of one object (§11)',
    steps: [
      words(
        `Of the file \`private/match-inputs/${input.unitId}.ndjson\` the header, the first inspector and the line of the object that is shown, the second in the order of matching; lines are broken here behind commas:`,
      ),
      ...[file, lines[0] ?? '', canonicalJson({ object: needs })].map((line) => block(brokenText(line))),
      words(
        'Inspectors are labelled as objects are, with `kind` `inspector`. `inspector-0` in full, then of all of them the label, and the load as of the snapshot with what the object before added:',
      ),
      ...labelSteps(one, byId),
      words(
        'The first filter that rules an inspector out, in the order of §11; of a candidate the reluctance, 2 for a reached cap plus 1 for a last inspector, both of which the header says `prefer` of:',
      ),
      ...byId.map(({ inspector: { id }, filter, reluctance }) => value(`filter of ${id}`, filter ?? `none, reluctance ${reluctance}`)),
      words(
        `The tickets of the candidates, in the order of the file; then the candidates by reluctance and ticket, of whom the first ${input.teamSize} are the team:`,
      ),
      ...tickets,
      ...preferred.map(({ label }, place) => value(`preferred ${place + 1}`, label)),
      ...team.map((label, place) => value(`member ${place + 1}`, label, given.members[place] ?? 'nobody')),
      words('The unit is the initiator, so the smallest ticket of its team leads:'),
      value('leader', leader ?? 'null', matched.leader ?? 'null'),
      words('The match record, `private/match.json`, which names the transcript that it is of. Its digest enters the log:'),
      block(brokenText(canonicalJson(match))),
      value('transcriptDigest', hashing(one).ofText(canonicalJson(transcript.transcript)), match.transcriptDigest),
      value(
        'digest of the match record',
        hashing(one).ofText(canonicalJson(match)),
        one.log.find(({ kind, drawId }) => kind === 'match' && drawId === one.drawId)?.digest ?? 'no entry',
      ),
    ],
  }
}

function labelSteps(one: PlayedExample, inspectors: readonly Judged[]): readonly Step[] {
  const { ofTlv, hmac } = hashing(one)
  const draw = bytes(one.drawId)
  const saltItems = (id: string) => ['salt', 'inspector', draw, id] as const
  const [first] = inspectors
  if (first === undefined) throw new Error('no inspector')
  const { id, salt } = first.inspector
  return [
    tlvBlock(`TLV("salt", "inspector", drawId, "${id}")`, saltItems(id)),
    tlvBlock(`TLV("leaf", "inspector", drawId, s, "${id}")`, ['leaf', 'inspector', draw, bytes(salt), id]),
    ...inspectors.flatMap(({ inspector: of, added }): readonly Step[] => {
      const found = hmac(one.key, tlv(...saltItems(of.id)))
      return [
        value(`s of ${of.id}`, found, of.salt),
        value(`ℓ of ${of.id}`, ofTlv('leaf', 'inspector', draw, bytes(found), of.id), of.label),
        value(`load of ${of.id}`, `${of.load} + ${added}`),
      ]
    }),
  ]
}
