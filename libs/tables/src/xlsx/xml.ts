import sax from 'sax'
import { brokenWorkbook } from './archive.ts'

export interface XmlHandler {
  open?(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads XML piece by piece: names come without their prefixes, an entity that a document declares for itself is an error. */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): AsyncGenerator<void, void, undefined> {
  const parser = sax.parser(true, { position: false })
  parser.onopentag = ({ name, attributes }) => {
    const find = (wanted: string): string | undefined => {
      const found = Object.entries(attributes).find(([key]) => localName(key) === wanted)
      return found === undefined ? undefined : String(found[1])
    }
    handler.open?.(localName(name), find)
  }
  const onText = (text: string) => handler.text?.(text)
  Object.assign(parser, {
    ontext: onText,
    oncdata: onText,
    onclosetag: (name: string) => handler.close?.(localName(name)),
    onerror: () => {
      throw brokenWorkbook()
    },
  })
  const decoder = new TextDecoder('utf-8')
  for await (const piece of bytes) {
    parser.write(decoder.decode(piece, { stream: true }))
    yield
  }
  parser.write(decoder.decode()).close()
}

/** Reads a whole part at once. */
export async function readAllXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const pieces = readXml(bytes, handler)
  while ((await pieces.next()).done !== true);
}
