import { IMPORT_LIMITS } from '@contract'

export type UploadFault = 'empty' | 'tooBig' | 'locked' | 'notTable' | 'mislabelled'

export const ACCEPTED_SUFFIXES = ['.xlsx', '.xls', '.csv'] as const

const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** OLE: an old .xls, and also an .xlsx with a password, which Excel wraps the same way. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0]
/** The name of the part in which Excel keeps a workbook that has a password, in UTF-16. */
const ENCRYPTED_PART = [...'EncryptedPackage'].flatMap((character) => [character.charCodeAt(0), 0])

/** What is wrong with a file, told before a byte is sent; null if it may be uploaded. */
export function checkUpload(name: string, size: number, bytes: Uint8Array): UploadFault | null {
  if (!ACCEPTED_SUFFIXES.some((suffix) => name.toLowerCase().endsWith(suffix))) return 'notTable'
  if (size === 0) return 'empty'
  if (size > IMPORT_LIMITS.fileBytes) return 'tooBig'
  const isZip = startsAt(bytes, 0, ZIP)
  const isOle = startsAt(bytes, 0, OLE)
  if (isOle && holds(bytes, ENCRYPTED_PART)) return 'locked'
  const isText = name.toLowerCase().endsWith('.csv')
  return isText === (isZip || isOle) ? 'mislabelled' : null
}

function startsAt(bytes: Uint8Array, at: number, wanted: number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte)
}

function holds(bytes: Uint8Array, wanted: number[]): boolean {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (startsAt(bytes, at, wanted)) return true
  }
  return false
}
