import type { Commitment, SignedTranscript } from '@dual-random/draw'
import { useCallback, useEffect, useState } from 'react'
import { bytesAt, drawFileUrl, readDraw } from '../api/client.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { attemptsOf } from '../files/relatives.ts'
import { drawEventTypes, type FeedState, followFeed } from '../live/feed.ts'
import { useText } from '../text/language.tsx'
import { AuditSection } from './audit-section.tsx'
import { BeaconSection } from './beacon-section.tsx'
import { ClosingSection } from './closing-section.tsx'
import { CommitmentSection } from './commitment-section.tsx'
import { Countdown } from './countdown.tsx'
import { ExclusionsSection } from './exclusions-section.tsx'
import { Failed } from './failed.tsx'
import { FallSection } from './fall-section.tsx'
import { FilesSection } from './files-section.tsx'
import { RedrawsSection } from './redraws-section.tsx'
import { ResultSection } from './result-section.tsx'
import { StrataSection } from './strata-section.tsx'
import { Title } from './title.tsx'
import { useAnswer } from './use-answer.ts'
import { VerifySection } from './verify-section.tsx'
import { WhatSection } from './what-section.tsx'
import { WitnessesSection } from './witnesses-section.tsx'

/** A draw with the public files it has so far, read. */
export interface ShownDraw {
  readonly draw: PublicDraw
  readonly commitment?: Commitment
  readonly signed?: SignedTranscript
  /** The attempts before it that were committed, the last first. */
  readonly earlier: readonly PublicDraw[]
  /** Of a redraw: the city whose own roster its parent's is called by. */
  readonly parentRegionCode?: string
}

const askAgainMs = 5000

/** The public page of one draw; it follows the draw by the feed. */
export function DrawPage({ drawId }: { readonly drawId: string }) {
  const text = useText()
  const [feed, setFeed] = useState<FeedState>('polling')
  const ask = useCallback((signal: AbortSignal) => shownDraw(drawId, signal), [drawId])
  const { answer, again } = useAnswer(ask)
  const regionCode = answer.state === 'there' ? answer.value?.draw.regionCode : undefined
  useEffect(
    () =>
      followFeed({
        types: drawEventTypes,
        ...(regionCode === undefined ? {} : { regionCode }),
        onEvent: ({ subject }) => {
          if (subject === drawId) again()
        },
        onPoll: again,
        onState: setFeed,
      }),
    [again, drawId, regionCode],
  )
  if (answer.state === 'asking') return <p role="status">{text.loading}</p>
  if (answer.state === 'failed') return <Failed reason={answer.reason} onRetry={again} />
  const shown = answer.value
  if (shown === undefined) return <Failed reason={text.draw.notFound} onRetry={again} />
  return <Sections shown={shown} feed={feed} again={again} />
}

/** Teams are matched moments after the labels are drawn: a page that missed the event of it asks by itself. */
function useAskedUntilMatched(isDrawn: boolean, again: () => void): void {
  useEffect(() => {
    if (!isDrawn) return undefined
    const asking = setInterval(again, askAgainMs)
    return () => clearInterval(asking)
  }, [isDrawn, again])
}

function Sections({ shown, feed, again }: { readonly shown: ShownDraw; readonly feed: FeedState; readonly again: () => void }) {
  const text = useText()
  const { draw, commitment, signed } = shown
  useAskedUntilMatched(draw.status === 'DRAWN', again)
  return (
    <article data-status={draw.status}>
      <Title name={`${draw.taskName} ${text.list.batch(draw)}`} />
      <p className="lead" role="status">
        <span className={`state ${draw.status.toLowerCase()}`}>{text.statuses[draw.status]}</span>{' '}
        <span className="quiet" data-feed={feed}>
          {text.feed[feed]}
        </span>
      </p>
      {draw.voided !== undefined && <p className="notice bad">{text.draw.voided(draw.voided.reason)}</p>}
      {draw.failed !== undefined && (
        <p className="notice bad" data-failed={draw.failed.reason}>
          {text.draw.failed(text.draw.losses[draw.failed.reason], draw.failed.unitId)}
        </p>
      )}
      {draw.status === 'COMMITTED' && draw.commitment !== undefined && (
        <Countdown roundAt={draw.commitment.roundAt} beacons={draw.commitment.beacons} onDue={again} />
      )}
      <WhatSection draw={draw} />
      <RedrawsSection draw={draw} />
      <ResultSection shown={shown} />
      {commitment !== undefined && signed !== undefined && <FallSection commitment={commitment} drawId={draw.drawId} />}
      {signed !== undefined && <VerifySection draw={draw} />}
      <StrataSection strata={draw.strata} />
      {commitment !== undefined && <ExclusionsSection commitment={commitment} />}
      <CommitmentSection shown={shown} />
      <WitnessesSection shown={shown} />
      <BeaconSection shown={shown} />
      <ClosingSection draw={draw} />
      {draw.audit !== undefined && <AuditSection audit={draw.audit} />}
      <FilesSection shown={shown} />
    </article>
  )
}

async function shownDraw(drawId: string, signal: AbortSignal): Promise<ShownDraw | undefined> {
  const draw = await readDraw(drawId, signal)
  if (draw === undefined) return undefined
  const json = async <T,>(file: 'commitment' | 'transcript'): Promise<T> =>
    JSON.parse(new TextDecoder().decode(await bytesAt(drawFileUrl(drawId, file), signal))) as T
  const commitment = draw.commitment === undefined ? undefined : await json<Commitment>('commitment')
  const before = await Promise.all((commitment === undefined ? [] : attemptsOf(commitment)).map((one) => readDraw(one.drawId, signal)))
  const parent = draw.redraw === undefined ? undefined : await readDraw(draw.redraw.parentDrawId, signal)
  return {
    draw,
    ...(commitment === undefined ? {} : { commitment }),
    ...(parent === undefined ? {} : { parentRegionCode: parent.regionCode }),
    earlier: before.flatMap((one) => (one?.commitment === undefined ? [] : [one])),
    ...(draw.transcript === undefined ? {} : { signed: await json<SignedTranscript>('transcript') }),
  }
}
