import { type Archive, WorkbookFault } from './archive.ts'
import { unescapeText } from './escaped-text.ts'
import { readAllXml } from './xml.ts'

const part = 'xl/sharedStrings.xml'

/** They are held in memory while the sheet is read. */
const maxCharacters = 64_000_000

/** The texts that cells refer to by their place (ECMA-376, 18.4.8); phonetic readings are left out. */
export async function readSharedStrings(archive: Archive): Promise<readonly string[]> {
  const strings: string[] = []
  if (!archive.has(part)) return strings
  let current = ''
  let characters = 0
  let isText = false
  let isPhonetic = false
  await readAllXml(await archive.open(part), {
    open: (name) => {
      if (name === 'si') current = ''
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    text: (text) => {
      if (isText) current += text
    },
    close: (name) => {
      isText = false
      if (name === 'rPh') isPhonetic = false
      if (name !== 'si') return
      characters += current.length
      if (characters > maxCharacters) throw new WorkbookFault('workbook-too-large', '工作簿中的文字过多', '另存为 CSV UTF-8 后导入')
      strings.push(unescapeText(current))
    },
  })
  return strings
}
