import type { KeysFileError } from './keys-file.ts'

/** What is wrong with a keys file, with the place, for people. */
export function keysFileWords(error: KeysFileError): { readonly zh: string; readonly en: string } {
  switch (error.code) {
    case 'malformed': {
      const pointer = error.pointer || '/'
      return { zh: `${pointer}: 格式不符（${error.reason}）`, en: `${pointer}: malformed (${error.reason})` }
    }
    case 'quorum-too-small':
      return {
        zh: `/quorum: 至少 ${error.atLeast}，否则两个法定多数可能没有共同的诚实见证方（2q > n + f）`,
        en: `/quorum: at least ${error.atLeast}, or two quorums may share no honest witness (2q > n + f)`,
      }
    case 'not-ascending':
      return { zh: `${error.pointer}: 见证方应按标识升序，不得重复`, en: `${error.pointer}: witnesses ascend by their id, none twice` }
    case 'key-twice':
      return {
        zh: `${error.pointer}: 公钥重复，或与上级的相同`,
        en: `${error.pointer}: this public key stands there already, or is the superior's`,
      }
    case 'other-region':
      return {
        zh: `内容属于地区 ${error.regionCode}，文件名应为 ${error.name}`,
        en: `it is of region ${error.regionCode}, so its name is ${error.name}`,
      }
    default:
      return error satisfies never
  }
}
