import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { PAPER_MILLIMETERS, type Paper } from './schema.ts'

/** The page on paper of this size. Colours and texts are those of the page; what is only for the screen stays away. */
export const asPdf =
  (paper: Paper) =>
  async (page: Page): Promise<Buffer> => {
    const { width, height } = PAPER_MILLIMETERS[paper]
    return page.pdf({
      width: `${width}mm`,
      height: `${height}mm`,
      printBackground: true,
      preferCSSPageSize: true,
      // headings become the document's outline, tables stay tables for readers of the screen
      tagged: true,
      outline: true,
    })
  }

/** The same sheet as a picture of exactly so many pixels, which says its resolution so that it prints in true size. */
export const asPicture =
  (size: { width: number; height: number }, dotsPerInch: number) =>
  async (page: Page): Promise<Buffer> => {
    const picture = await page.screenshot({ type: 'png', fullPage: false, animations: 'disabled' })
    return (
      sharp(picture)
        // the window is a whole number of pixels of the page, up to one more than the paper
        .extract({ left: 0, top: 0, ...size })
        .withMetadata({ density: dotsPerInch })
        .png({ compressionLevel: 9, palette: false })
        .toBuffer()
    )
  }
