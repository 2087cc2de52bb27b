import { drawFileUrl, regionLogUrl } from '../api/client.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'

/** Links to the bytes that were hashed, under the names that verifiers look for. */
export function FilesSection({ draw }: { readonly draw: PublicDraw }) {
  const words = useText().draw.files
  const { drawId, regionCode } = draw
  const files: readonly (readonly [boolean, string, string, string])[] = [
    [draw.commitment !== undefined, words.commitment, drawFileUrl(drawId, 'commitment'), `commitment-${drawId}.json`],
    [draw.commitment !== undefined, words.roster, drawFileUrl(drawId, 'roster'), `${drawId}.ndjson`],
    [draw.transcript !== undefined, words.transcript, drawFileUrl(drawId, 'transcript'), `transcript-${drawId}.json`],
    [draw.closing !== undefined, words.openings, drawFileUrl(drawId, 'openings'), `${drawId}.ndjson`],
    [true, words.log, regionLogUrl(regionCode), `region-log-${regionCode}.ndjson`],
  ]
  return (
    <section>
      <h2>{words.title}</h2>
      <ul className="files">
        {files
          .filter(([isThere]) => isThere)
          .map(([, name, url, file]) => (
            <li key={name}>
              <a href={url} download={file}>
                {name}
              </a>
            </li>
          ))}
      </ul>
    </section>
  )
}
