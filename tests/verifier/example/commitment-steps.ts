import type { LogEntry } from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import type { PlayedExample } from './played.ts'
import { block, brokenText, bytes, hashing, type Section, type Step, signatureSteps, tlvBlock, value, words } from './steps.ts'

/** The lines of this draw's units by their records. */
const recordOf = (line: LogEntry): Readonly<Record<string, string>> => (line.record ?? {}) as Readonly<Record<string, string>>

export function tipsSection(one: PlayedExample): Section {
  const { ofTlv } = hashing(one)
  const { transcript: t } = one.transcript
  const itemsOf = (unitId: string, secret: string) => ['tip', bytes(one.drawId), unitId, bytes(secret)] as const
  const [first] = t.reveals
  if (first === undefined) throw new Error('no reveal')
  return {
    title: 'Tips and reveals (§17)',
    steps: [
      words('Two units made a secret each before S was made. Their tips stand in the log before S, their secrets after it.'),
      tlvBlock('TLV("tip", drawId, unitId, secret) of the first', itemsOf(first.unitId, first.secret)),
      ...t.reveals.flatMap(({ unitId, secret }, index): readonly Step[] => [
        value(`secret of ${unitId}`, secret),
        value(`tip of ${unitId}`, ofTlv(...itemsOf(unitId, secret)), one.commitment.tips[index]?.tip),
      ]),
    ],
  }
}

export function commitmentSection(one: PlayedExample): Section {
  const { commitment: s } = one
  const committedMs = BigInt(Date.parse(s.committedAt))
  const rounds = s.beacons.flatMap((beacon): readonly Step[] => {
    if (beacon.kind === 'public-numbers') return []
    const sinceMs = committedMs + 1000n * BigInt(s.delaySeconds - beacon.genesisTime)
    const periodMs = 1000n * BigInt(beacon.periodSeconds)
    const round = Number((sinceMs + periodMs - 1n) / periodMs) + 1
    const at = beacon.genesisTime + (round - 1) * beacon.periodSeconds
    return [
      value(`round of ${beacon.source}`, String(round), String(beacon.round)),
      value(`time of round ${round}`, `${at} = ${new Date(1000 * at).toISOString()}`),
    ]
  })
  return {
    title: 'Commitment S (§6)',
    steps: [
      words(
        'The file `commitment-<drawId>.json`, which ends without LF. Lines are broken here behind commas; the text has no line breaks.',
      ),
      block(brokenText(one.commitmentText)),
      value('H(S)', hashing(one).ofText(one.commitmentText), one.transcript.transcript.commitment),
      words(
        `Stratum A: \`raw = 4 · 3/10 · 1/1 = 6/5\`, rounded up 2, so \`n = min(2, 4) = 2\`. Stratum B: \`raw = 1/1\`, \`n = min(1, 2) = 1\`. Three are drawn, in batches of 2 and 1. \`committedAt + delaySeconds\` is ` +
          `${new Date(Number(committedMs) + 1000 * s.delaySeconds).toISOString()}; of each beacon the first round at or after it:`,
      ),
      ...rounds,
    ],
  }
}

export function logSection(one: PlayedExample): Section {
  const { ofTlv, ofText } = hashing(one)
  const { genesis } = one.transcript.transcript.log
  const genesisText = canonicalJson(genesis)
  const heads = one.log.flatMap((line, index): readonly Step[] => {
    const previous = one.log[index - 1]?.head ?? ''
    const digest = line.record === undefined ? line.digest : ofText(canonicalJson(line.record))
    const name = `${line.seq} ${line.kind}${line.drawId === one.drawId || line.drawId === null ? '' : ' (another draw)'}`
    const head = ofTlv('log', previous === '' ? '' : bytes(previous), line.seq, line.kind, bytes(digest))
    return [value(`digest(${name})`, digest, line.digest), value(`head(${line.seq})`, head, line.head)]
  })
  const tip = one.log.find(({ kind, drawId }) => kind === 'tip' && drawId === one.drawId)
  const reveal = one.log.find(({ kind, drawId }) => kind === 'reveal' && drawId === one.drawId)
  if (tip === undefined || reveal === undefined) throw new Error('no tip, or no reveal')
  const unit = one.log.find((line) => recordOf(line)['keyId'] === tip.keyId)
  const tipText = canonicalJson(tip.record ?? null)
  return {
    title: 'Region log (§7, §16)',
    steps: [
      words(
        'The file `region-log-230300.ndjson`, one entry a line. The text of its genesis record, which stands in line 1 as `record` and in the transcript as `log/genesis`; lines are broken here:',
      ),
      block(brokenText(genesisText)),
      tlvBlock('TLV("log", "", 0, "genesis", digest)', ['log', '', 0, 'genesis', bytes(ofText(genesisText))]),
      tlvBlock('TLV("log", head(0), 1, "key", digest)', ['log', bytes(one.log[0]?.head ?? ''), 1, 'key', bytes(one.log[1]?.digest ?? '')]),
      words(
        'The records behind the digests of kinds that carry one stand in the file; a tip and a reveal of this draw have these texts. The digest of `match` is that of `private/match.json`, which the public does not see.',
      ),
      block(tipText, canonicalJson(reveal.record ?? null)),
      words('Every digest and head:'),
      ...heads,
      words(`An entry that a unit signed (line ${tip.seq + 1}), by the key that line ${(unit?.seq ?? 0) + 1} admits:`),
      ...signatureSteps(
        `the tip`,
        ['tip', genesis.regionCode, one.drawId, ofText(tipText)],
        unit === undefined ? '' : (recordOf(unit)['publicKey'] ?? ''),
        tip,
      ),
    ],
  }
}

export function witnessSection(one: PlayedExample): Section {
  const { ofText } = hashing(one)
  const { commitment: s, keys } = one
  const committed = one.log.find(({ kind, drawId }) => kind === 'commitment' && drawId === one.drawId)
  const line = one.checkpoints.find(({ checkpoint }) => checkpoint.seq === committed?.seq)
  const [seen] = line?.cosignatures ?? []
  const witness = keys.witnesses.find(({ witnessId }) => witnessId === seen?.witnessId)
  const drawing = one.transcript.transcript.log.genesis.keys.find(({ keyId }) => keyId === line?.keyId)
  if (line === undefined || seen === undefined || witness === undefined || drawing === undefined) throw new Error('S has no checkpoint')
  const text = canonicalJson(line.checkpoint)
  const digest = ofText(text)
  const cosigned = canonicalJson({
    type: 'dual-random/cosignature/v1',
    checkpoint: digest,
    receivedAt: seen.receivedAt,
    witnessId: seen.witnessId,
  })
  const dues = s.beacons.map((beacon) => ('round' in beacon ? beacon.genesisTime + (beacon.round - 1) * beacon.periodSeconds : Infinity))
  const deadline = new Date(1000 * (Math.min(...dues) - s.marginSeconds)).toISOString()
  return {
    title: 'Checkpoint and cosignature (§15)',
    steps: [
      words(
        `The checkpoint over the entry of S, line ${one.checkpoints.indexOf(line) + 1} of \`checkpoints-230300.ndjson\`, and the first witness's word on it. What each signs is the digest of a text:`,
      ),
      block(text, cosigned),
      value('digest of the checkpoint', digest),
      ...signatureSteps('the checkpoint', ['checkpoint', s.regionCode, null, digest], drawing.publicKey, line),
      value('digest of the cosignature', ofText(cosigned)),
      ...signatureSteps('the cosignature', ['cosignature', s.regionCode, null, ofText(cosigned)], witness.publicKey, seen),
      words(
        `The deadline is the earlier round less the margin of ${s.marginSeconds} s, ${deadline}. Of four witnesses three must have held S by then:`,
      ),
      ...line.cosignatures.map(({ witnessId, receivedAt }) => {
        const isPinned = keys.witnesses.some((one_) => one_.witnessId === witnessId)
        return value(witnessId, `${receivedAt}${isPinned ? '' : ' (not pinned, not counted)'}`)
      }),
    ],
  }
}
