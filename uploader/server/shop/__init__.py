"""The pages at ``/shop/``: what customers see of the pictures."""
