"""Finding people, places and groups while somebody types: Chinese, pinyin, initials, codes, last digits of a phone."""
