import type { Commitment } from '@dual-random/draw'
import { useEffect, useRef, useState } from 'react'
import { bytesAt, drawFileUrl } from '../api/client.ts'
import { otherRegionsOf } from '../files/relatives.ts'
import { useText } from '../text/language.tsx'
import { fallSteps, type StratumFall } from '../work/fall.ts'
import { inWorker } from '../work/in-worker.ts'
import { FallPicture } from './fall-picture.tsx'

type Fall =
  | { readonly state: 'idle' }
  | { readonly state: 'computing' }
  | { readonly state: 'there'; readonly strata: readonly StratumFall[] }
  | { readonly state: 'failed'; readonly reason: string }

const playMs = 8000

const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** The tickets of all strata, computed again here and played back. */
export function FallSection({ commitment, drawId }: { readonly commitment: Commitment; readonly drawId: string }) {
  const text = useText()
  const words = text.draw.fall
  const [fall, setFall] = useState<Fall>({ state: 'idle' })
  const [step, setStep] = useState(fallSteps)
  const { isPlaying, play, pause } = usePlayback(setStep)
  const load = async (): Promise<void> => {
    setFall({ state: 'computing' })
    try {
      const [s, transcript, ...rosters] = await Promise.all([
        bytesAt(drawFileUrl(drawId, 'commitment')),
        bytesAt(drawFileUrl(drawId, 'transcript')),
        ...[undefined, ...otherRegionsOf(commitment)].map((regionCode) => bytesAt(drawFileUrl(drawId, 'roster', regionCode))),
      ])
      setFall({ state: 'there', strata: await inWorker('fall', { commitment: s, transcript, rosters }) })
      if (!wantsStillness()) play()
    } catch (error) {
      setFall({ state: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <section data-fall={fall.state}>
      <h2>{words.title}</h2>
      <p>{words.intro}</p>
      {(fall.state === 'idle' || fall.state === 'failed') && (
        <button type="button" onClick={() => void load()}>
          {words.load}
        </button>
      )}
      {fall.state === 'failed' && <p role="alert">{text.failed(fall.reason)}</p>}
      {fall.state === 'computing' && <p role="status">{words.loading}</p>}
      {fall.state === 'there' && (
        <>
          {wantsStillness() && <p className="quiet">{words.still}</p>}
          <div className="playback">
            <button type="button" onClick={isPlaying ? pause : play}>
              {isPlaying ? words.pause : words.play}
            </button>
            <label>
              {words.step}
              <input
                type="range"
                min={0}
                max={fallSteps}
                value={step}
                onChange={(event) => {
                  pause()
                  setStep(event.currentTarget.valueAsNumber)
                }}
              />
            </label>
          </div>
          {fall.strata
            .filter(({ eligible }) => eligible > 0)
            .map((one) => (
              <FallPicture
                key={one.stratum}
                fall={one}
                step={step}
                cutOff={commitment.strata.find(({ stratum }) => stratum === one.stratum)?.n === 0 ? undefined : one.cutOffs.at(-1)}
              />
            ))}
        </>
      )}
    </section>
  )
}

function usePlayback(setStep: (step: number) => void) {
  const [isPlaying, setPlaying] = useState(false)
  const frame = useRef(0)
  const pause = (): void => {
    cancelAnimationFrame(frame.current)
    setPlaying(false)
  }
  const play = (): void => {
    cancelAnimationFrame(frame.current)
    const startedAt = performance.now()
    const draw = (now: number): void => {
      const share = Math.min(1, (now - startedAt) / playMs)
      setStep(Math.round(share * fallSteps))
      if (share < 1) frame.current = requestAnimationFrame(draw)
      else setPlaying(false)
    }
    setPlaying(true)
    frame.current = requestAnimationFrame(draw)
  }
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  return { isPlaying, play, pause }
}
