import { familyFilesOf, jointFilesOf } from '@dual-random/verify'
import { checkpointsUrl, drawFileUrl, regionLogUrl } from '../api/client.ts'
import { urlOf } from '../api/download-bundle.ts'
import { otherRegionsOf } from '../files/relatives.ts'
import { useText } from '../text/language.tsx'
import type { ShownDraw } from './draw-page.tsx'

/** A link's text, address and the name that it is kept under. */
type File = readonly [text: string, url: string, name: string]

/** Links to the bytes that were hashed, under the names that verifiers look for: what is kept of them is verified without this site. */
export function FilesSection({ shown: { draw, commitment, earlier, parentRegionCode = draw.regionCode } }: { readonly shown: ShownDraw }) {
  const words = useText().draw.files
  const { drawId, regionCode } = draw
  const files: readonly (readonly [boolean, ...File])[] = [
    [draw.commitment !== undefined, words.commitment, drawFileUrl(drawId, 'commitment'), `commitment-${drawId}.json`],
    [draw.commitment !== undefined, words.roster, drawFileUrl(drawId, 'roster'), `${drawId}.ndjson`],
    [draw.transcript !== undefined, words.transcript, drawFileUrl(drawId, 'transcript'), `transcript-${drawId}.json`],
    [draw.closing !== undefined, words.openings, drawFileUrl(drawId, 'openings'), `${drawId}.ndjson`],
    [true, words.log, regionLogUrl(regionCode), `region-log-${regionCode}.ndjson`],
    [(commitment?.witnesses.count ?? 0) > 0, words.checkpoints, checkpointsUrl(regionCode), `checkpoints-${regionCode}.ndjson`],
  ]
  const subject = commitment?.subject
  const family = subject?.kind === 'redraw' ? familyFilesOf(subject, parentRegionCode === regionCode ? undefined : regionCode) : []
  const others = commitment === undefined ? [] : otherRegionsOf(commitment)
  const ofCities = jointFilesOf(drawId, others).filter(({ part }) => part !== 'openings' || draw.closing !== undefined)
  return (
    <section>
      <h2>{words.title}</h2>
      <FileList files={files.flatMap(([isThere, ...file]) => (isThere ? [file] : []))} />
      {ofCities.length > 0 && (
        <div data-cities>
          <h3>{words.citiesTitle}</h3>
          <FileList
            files={ofCities.map((file) => [
              words.ofCity(words[file.part], file.regionCode),
              urlOf(drawId, file),
              file.name.split('/').at(-1) ?? file.name,
            ])}
          />
        </div>
      )}
      {earlier.length > 0 && (
        <div data-earlier>
          <h3>{words.earlierTitle}</h3>
          <FileList
            files={earlier.map(({ drawId: of }) => [
              words.ofDraw(words.commitment, of),
              drawFileUrl(of, 'commitment'),
              `commitment-${of}.json`,
            ])}
          />
        </div>
      )}
      {family.length > 0 && (
        <div data-family>
          <h3>{words.familyTitle}</h3>
          <FileList
            files={family.map(({ name, part, drawId: of, regionCode: ofCity }) => [
              words.ofDraw(words[part], of),
              drawFileUrl(of, part, ofCity),
              name.split('/').at(-1) ?? name,
            ])}
          />
        </div>
      )}
    </section>
  )
}

function FileList({ files }: { readonly files: readonly File[] }) {
  return (
    <ul className="files">
      {files.map(([text, url, name]) => (
        <li key={url}>
          <a href={url} download={name}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  )
}
