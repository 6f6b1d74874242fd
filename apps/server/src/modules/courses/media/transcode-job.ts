import { z } from 'zod';
import { defineJob } from '../../../platform/jobs.ts';
import { transcodeMedia } from './transcode-media.ts';

/** Makes an uploaded video playable. A run that was cut off starts again from the beginning. */
export const transcodeVideo = defineJob({
  name: 'courses.transcode-video',
  payload: z.object({ mediaId: z.uuid() }),
  handler: ({ mediaId }, context) => transcodeMedia(mediaId, context),
});

/** Key of the job of a media asset: there is never a second one waiting. */
export const transcodeKey = (mediaId: string): string => `transcode-${mediaId}`;
