import { StartError } from '../start-error.ts'

/** Why outlines cannot be imported, in one line for the person who tries. */
export class AreaFileError extends StartError {
  override name = 'AreaFileError'
}
