import type { Picture } from '../drawing/svg.ts';
import { dangerousGoodsPictures } from './dangerous-goods.ts';
import { distancePictures } from './distance.ts';
import { rainNightPictures } from './rain-night.ts';
import { workSafetyLawPictures } from './work-safety-law.ts';

const PICTURES: Readonly<Record<string, Picture>> = {
  ...rainNightPictures,
  ...distancePictures,
  ...dangerousGoodsPictures,
  ...workSafetyLawPictures,
};

/** The drawing that a scene names in its `picture` field. Throws on an unknown name. */
export const getPicture = (name: string): Picture => {
  const picture = PICTURES[name];
  if (!picture) throw new Error(`No picture is called "${name}". Known: ${Object.keys(PICTURES).join(', ')}`);
  return picture;
};
