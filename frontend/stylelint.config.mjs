// Components see product tokens only: no raw colours, no raw pixels over 2.
const rawPixels = "/(^|[^\\w-])([3-9]|\\d{2,})(\\.\\d+)?px\\b/";
const rawColours = "/#[0-9a-f]{3,8}\\b|\\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\\(/i";
const blockNames =
  "^(ll|u|uplot|htmx|leaflet)(-[a-z0-9]+)*(__[a-z0-9]+(-[a-z0-9]+)*)?(--[a-z0-9]+(-[a-z0-9]+)*)?$";

export default {
  extends: "stylelint-config-standard",
  rules: {
    "selector-class-pattern": [blockNames, { message: "Blocks are named ll-block__part--state" }],
    "selector-max-id": 0,
    "declaration-no-important": true,
    "declaration-property-value-disallowed-list": { "/.*/": [rawPixels, rawColours, "/--krds-/"] },
    "no-descending-specificity": null,
    "import-notation": "string",
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "comment-empty-line-before": null,
    "at-rule-empty-line-before": null,
    "rule-empty-line-before": null,
    "declaration-block-single-line-max-declarations": 4,
    "media-feature-range-notation": "context",
  },
  overrides: [
    {
      files: ["src/styles/tokens/*.css"],
      rules: { "declaration-property-value-disallowed-list": null },
    },
  ],
};
