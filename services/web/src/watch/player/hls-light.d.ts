// hls.js ships types for its full build only; the light one has the same shape, without subtitles and encryption.
declare module "hls.js/light" {
  export { default } from "hls.js";
}
