import { StartError } from '../start-error.ts'

/** Why a population layer cannot be imported, in one line for the person who tries. */
export class PopulationFileError extends StartError {
  override name = 'PopulationFileError'
}
