import { type Commitment, type DrawPart, partsOf, type SignedTranscript } from '@dual-random/draw'
import { deadlineMsOf, deadlineOf } from '@dual-random/witness'
import { useEffect, useState } from 'react'
import type { PublicDraw } from '../api/public-draw.ts'
import { followHeld, type Held, inTime } from '../live/follow-held.ts'
import { useText } from '../text/language.tsx'
import type { ShownDraw } from './draw-page.tsx'
import type { Answer } from './use-answer.ts'

/** Who held S, and since when, of every city that draws: nobody need wait for the verification to see whether S was witnessed in time (§15). */
export function WitnessesSection({ shown: { draw, commitment, signed } }: { readonly shown: ShownDraw }) {
  const text = useText()
  const words = text.draw.witnesses
  if (commitment === undefined) return null
  const parts = partsOf(commitment).filter(({ witnesses }) => witnesses.count > 0)
  if (parts.length === 0) return null
  const deadlineMs = deadlineMsOf(commitment)
  return (
    <section data-witnesses>
      <h2>{words.title}</h2>
      <p>{words.intro(text.instant(deadlineOf(commitment)))}</p>
      {parts.map((part) => (
        <City key={part.snapshot.regionCode} draw={draw} commitment={commitment} signed={signed} part={part} deadlineMs={deadlineMs} />
      ))}
      <p className="quiet">{words.unchecked}</p>
    </section>
  )
}

interface CityProps {
  readonly draw: PublicDraw
  readonly commitment: Commitment
  readonly signed: SignedTranscript | undefined
  readonly part: DrawPart
  readonly deadlineMs: bigint
}

function City({ draw: { drawId, status }, commitment, signed, part, deadlineMs }: CityProps) {
  const { regionCode } = part.snapshot
  const { quorum } = part.witnesses
  const isOver = status !== 'COMMITTED'
  const seq = seqIn(signed, regionCode)
  const [answer, setAnswer] = useState<Answer<Held>>({ state: 'asking' })
  useEffect(
    () =>
      followHeld(
        { drawId, regionCode, seq, quorum, deadlineMs, isOver },
        (value) => setAnswer({ state: 'there', value }),
        (reason) => setAnswer((before) => (before.state === 'there' ? before : { state: 'failed', reason })),
      ),
    [drawId, regionCode, seq, quorum, deadlineMs, isOver],
  )
  return (
    <div data-held={regionCode}>
      {commitment.joint !== undefined && <h3>{regionCode}</h3>}
      <Holders answer={answer} quorum={quorum} />
    </div>
  )
}

/** Where the transcript has the entry of S in a city's log. */
const seqIn = (signed: SignedTranscript | undefined, regionCode: string): number | undefined =>
  (signed === undefined ? [] : [signed.transcript.log, ...(signed.transcript.joint ?? [])])
    .find(({ genesis }) => genesis.regionCode === regionCode)
    ?.entries.find(({ kind }) => kind === 'commitment')?.seq

function Holders({ answer, quorum }: { readonly answer: Answer<Held>; readonly quorum: number }) {
  const text = useText()
  const words = text.draw.witnesses
  if (answer.state === 'asking') return <p>{text.loading}</p>
  if (answer.state === 'failed') return <p>{text.failed(answer.reason)}</p>
  const { holders, unreadable } = answer.value
  return (
    <>
      <p role="status">{holders === undefined ? words.notEntered : words.held(inTime(holders), quorum)}</p>
      {holders !== undefined && holders.length > 0 && (
        <ul>
          {holders.map(({ witnessId, heldAt, isInTime }) => (
            <li key={witnessId} data-witness={witnessId} data-in-time={isInTime}>
              <strong className="anywhere">{witnessId}</strong> <time dateTime={heldAt}>{text.instant(heldAt)}</time>{' '}
              <span className={`verdict ${isInTime ? 'valid' : 'invalid'}`}>{isInTime ? words.inTime : words.late}</span>
            </li>
          ))}
        </ul>
      )}
      {unreadable.map(({ file, line }) => (
        <p key={`${file}-${line}`} className="notice bad">
          {words.unreadable(words.files[file], line)}
        </p>
      ))}
    </>
  )
}
